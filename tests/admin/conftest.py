from tests.accounts.conftest import ed, max_, mona, rae, real_site, signed_in, sue

__all__ = ["ed", "max_", "mona", "rae", "real_site", "signed_in", "sue"]
