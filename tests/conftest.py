"""What holds for all tests."""

from hypothesis import settings

settings.register_profile("speechgen", deadline=None)  # what is tested is what comes out, not how fast
settings.load_profile("speechgen")
