"""A load of plain HTTP requests, in a process of its own: python -m bench.load PORT SECONDS < requests.json

Reads a JSON list of raw requests (each a string) and sends each in turn for SECONDS over CONNECTIONS kept-alive
connections to 127.0.0.1, nowhere else. Prints a JSON list with the answers per second of each request in each round.
The rounds alternate (A B A B ...), so that what slows the machine for a while slows both sides.
"""

import json
import socket
import sys
import threading
import time

CONNECTIONS = 8
ROUNDS = 5


def answers_per_second(port: int, request: bytes, seconds: float) -> float:
    counts = [0] * CONNECTIONS
    begun = time.monotonic()
    deadline = begun + seconds
    threads = [
        threading.Thread(target=_ask_again_and_again, args=(port, request, deadline, counts, number))
        for number in range(CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if 0 in counts:
        raise SystemExit("A connection got no answer.")
    return sum(counts) / (time.monotonic() - begun)


def _ask_again_and_again(port: int, request: bytes, deadline: float, counts: list[int], number: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        while time.monotonic() < deadline:
            connection.sendall(request)
            if not _read_answer(connection):
                return
            counts[number] += 1


def _read_answer(connection: socket.socket) -> bool:
    """Read one whole answer with status 200. Return False if it is another, or if the connection ended."""
    got = b""
    while b"\r\n\r\n" not in got:
        chunk = connection.recv(65536)
        if not chunk:
            return False
        got += chunk
    head, _, body = got.partition(b"\r\n\r\n")
    length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
    missing = length - len(body)
    while missing > 0:
        chunk = connection.recv(65536)
        if not chunk:
            return False
        missing -= len(chunk)
    return head.startswith(b"HTTP/1.1 200")


if __name__ == "__main__":
    port, seconds = int(sys.argv[1]), float(sys.argv[2])
    requests = [request.encode() for request in json.load(sys.stdin)]
    rounds: list[list[float]] = [[] for _ in requests]
    for request in requests:
        answers_per_second(port, request, 0.5)  # warm up
    for _ in range(ROUNDS):
        for request, results in zip(requests, rounds, strict=True):
            results.append(answers_per_second(port, request, seconds))
    json.dump(rounds, sys.stdout)
