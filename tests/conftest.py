"""Property tests: the same cases in every run, and no clock; `--hypothesis-profile=wide` seeks."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "gate",
    deadline=None,
    derandomize=True,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("wide", deadline=None, max_examples=2_000)
settings.load_profile("gate")
