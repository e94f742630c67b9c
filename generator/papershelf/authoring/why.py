"""`papershelf build --explain`: what a build would do with one output, and why."""

from papershelf.core.project import Project
from papershelf.incremental import why as incremental
from papershelf.incremental.cache import Cache
from papershelf.incremental.site import Site
from papershelf.incremental.why import OutputState
from papershelf.incremental.workers import Workers
from papershelf.library.check import Failed, check
from papershelf.plan import BuildOptions, Setup, planning


def why(project: Project, path: str, options: BuildOptions) -> OutputState | Failed:
    """Plan the site and compare it with what is published; nothing is published.

    `path` is that of a file of the site or the address of a page. Raises GeneratorError if the environment
    does not allow it.
    """
    cache, workers = Cache.read_only(project.cache), Workers()
    with Site.open(project, cache, workers) as site:
        checked = check(project, cache, workers)
        if isinstance(checked, Failed):
            return checked
        setup = Setup.load(project, options)
        with planning(project, site, checked, setup) as plan:
            if isinstance(plan, Failed):
                return plan
            return incremental.why(site, (plan.pages, plan.exports), plan.keys, path)
