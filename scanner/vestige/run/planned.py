"""Planned: the plan of what is asked for, whose own rules find what their examples say."""

from importlib import import_module

from vestige.run.plan import Plan, Request, plan


def planned(request: Request) -> Plan:
    """The plan of what is asked for, if rules of the user's own find what their examples say.

    VestigeError says what is wrong with it.
    """
    found = plan(request)
    if request.rules:
        # Examples ask for readers of all kinds, which a scan by shipped rules alone may not need.
        import_module("vestige.run.rule_check").demand_borne_out(found.catalog)
    return found
