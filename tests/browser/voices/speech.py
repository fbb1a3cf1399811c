"""Real voices for a browser that nobody hears: espeak-ng, a sound server that plays into nothing, and an ear to it.

Everything is private to one folder: no voice, sound or setting of the machine's user is touched, and what is started
here ends here.
"""

import math
import shutil
import socket
import subprocess
import threading
import time
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

PROGRAMS = ("pulseaudio", "parec", "speech-dispatcher", "espeak-ng")
RATE = 8000  # samples a second of what the ear takes in
STEP = 0.1  # seconds that each loudness stands for
LOUD = 50  # root mean square of 16-bit samples: what is above is speech, what is below is none
PATIENCE = 15

SPEECH_CONF = """\
LogLevel 1
LogDir "{log}"
DefaultVolume 100
AudioOutputMethod "pulse"
AudioPulseDevice "null"
SymbolsPreproc "char"
AddModule "espeak-ng" "sd_espeak-ng" "espeak-ng.conf"
DefaultModule espeak-ng
"""


def missing() -> list[str]:
    """The programs that this machine lacks."""
    return [name for name in PROGRAMS if shutil.which(name) is None]


@contextmanager
def voices(folder: Path) -> Iterator[dict[str, str]]:
    """Start the services in `folder`; yield the environment in which a browser finds them."""
    run = folder / "run"
    for part in (run / "pulse", run / "speech-dispatcher", folder / "conf/modules", folder / "log"):
        part.mkdir(parents=True, exist_ok=True)
    run.chmod(0o700)
    shutil.copy("/etc/speech-dispatcher/modules/espeak-ng.conf", folder / "conf/modules")
    (folder / "conf/speechd.conf").write_text(SPEECH_CONF.format(log=folder / "log"))
    sound, speech = run / "pulse/native", run / "speech-dispatcher/speechd.sock"
    environ = {
        "XDG_RUNTIME_DIR": str(run),
        "PULSE_RUNTIME_PATH": str(run / "pulse"),
        "PULSE_SERVER": f"unix:{sound}",
        "ESPEAK_DATA_PATH": str(_without_variants(folder)),
        "HOME": str(folder),
        "PATH": "/usr/bin:/bin:/usr/local/bin",
    }
    pulse = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--disable-shm=yes", "--log-level=error"]
    pulse += ["-L", f"module-native-protocol-unix auth-anonymous=1 socket={sound}"]
    pulse += ["-L", "module-null-sink sink_name=null rate=44100", "-L", "module-always-sink"]
    say = ["speech-dispatcher", "-s", "-t", "0", "-C", str(folder / "conf"), "-L", str(folder / "log")]
    say += ["-c", "unix_socket", "-S", str(speech), "-P", str(run / "speechd.pid")]
    with _running(pulse, environ, folder / "log/pulse", sound), _running(say, environ, folder / "log/speech", speech):
        yield environ


def _without_variants(folder: Path) -> Path:
    """The folder of a copy of espeak-ng's data: its 130 languages, without a hundred variants of each."""
    data = next(path for path in Path("/usr/lib").rglob("espeak-ng-data") if path.is_dir())
    shutil.copytree(data, folder / "espeak-ng-data", ignore=shutil.ignore_patterns("!v"))
    return folder


@contextmanager
def _running(command: list[str], environ: dict[str, str], log: Path, address: Path) -> Iterator[None]:
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=environ, stdout=output, stderr=output)
        try:
            deadline = time.monotonic() + PATIENCE
            while not _answers(address):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"{command[0]} does not start: {log.read_text()[-500:]}")
                time.sleep(0.05)
            yield
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _answers(address: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(address))
        except OSError:
            return False
    return True


class Ear:
    """What is to be heard: `(when, loudness)` for each tenth of a second, `when` as time.monotonic() tells it."""

    def __init__(self, environ: dict[str, str]) -> None:
        self.heard: list[tuple[float, float]] = []
        listen = [
            "parec",
            "-d",
            "null.monitor",
            "--format=s16le",
            f"--rate={RATE}",
            "--channels=1",
            "--latency-msec=50",
        ]
        self._process = subprocess.Popen(listen, env=environ, stdout=subprocess.PIPE)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self._process.stdout
        while piece := self._process.stdout.read(int(RATE * STEP) * 2):
            samples = array("h", piece[: len(piece) // 2 * 2])
            loudness = math.sqrt(sum(sample * sample for sample in samples) / max(1, len(samples)))
            self.heard.append((time.monotonic(), loudness))

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(PATIENCE)

    def wait_for_speech(self, seconds: float = PATIENCE) -> None:
        since = time.monotonic()
        while not any(loud > LOUD for when, loud in self.heard if when > since):
            assert time.monotonic() < since + seconds, "nothing is to be heard"
            time.sleep(STEP / 2)

    def last_sound_after(self, moment: float, seconds: float) -> float:
        """Listen until `seconds` after `moment`; return how long after it the last sound was heard, 0 for none."""
        time.sleep(max(0, moment + seconds - time.monotonic()) + 2 * STEP)
        return max((when - moment for when, loud in self.heard if when > moment and loud > LOUD), default=0)

    def longest_silence(self, start: float, end: float) -> float:
        """Seconds between two sounds, at most, among what was heard from `start` to `end`."""
        sounds = [start, *(when for when, loud in self.heard if start < when < end and loud > LOUD), end]
        return max(after - before for before, after in pairwise(sounds))
