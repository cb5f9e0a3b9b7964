"""Processes that are killed, interrupted or never asked, and what is made later."""

import gc
import os
import pickle
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import islice
from multiprocessing import active_children, get_context
from threading import Event, get_ident

import pytest

from dedupe.jobs import Assistant, Later, ahead, apart, collector_paused, one_ahead, spread, threaded, together
from dedupe.jobs.processes import AHEAD, HERE


def test_work_in_a_process_apart_is_done_here_if_that_is_killed():
    here = os.getpid()
    assert apart(lambda: (here, "done"))() == (here, "done")
    assert apart(lambda: "done" if os.getpid() == here else os._exit(1))() == "done"


def summed_by(pid, numbers):
    return sum(numbers) if os.getpid() == pid else os._exit(1)


def test_what_several_processes_were_to_do_is_done_here_if_one_is_killed():
    chunks = [[number, 1] for number in range(120)]  # more than are handed over ahead
    assert list(spread(partial(summed_by, os.getpid()), chunks, 2)) == list(range(1, 121))


def test_an_assistant_that_is_killed_or_was_never_started_leaves_the_work_to_who_asks():
    here = os.getpid()
    with Assistant() as assistant:
        assert assistant.ask(process_of, 0)() == here
        assistant.start()
        assert assistant.ask(process_of, 0)() != here
        assert assistant.ask(partial(summed_by, here), [1, 2])() == 3  # which ends the process
        assert assistant.ask(process_of, 0)() == here


def process_of(_):
    return os.getpid()


def test_an_assistant_answers_again_and_again_and_whoever_was_forked_since_does_the_work_itself():
    with Assistant() as assistant:
        assistant.start(behind=5)
        waited = [assistant.ask(sum, [number, 1]) for number in range(3)]
        child = get_context("fork").Process(target=waited[0])
        child.start()
        child.join(10)
        assert child.exitcode == 0
        assert [told() for told in waited] == [1, 2, 3]
    assert not active_children()


def counted(taken, many):
    for number in range(many):
        taken.append(number)
        yield [number]


def test_no_more_is_taken_ahead_than_keeps_all_at_work():
    for made, most in ((spread, HERE + 2 * AHEAD + 1), (partial(ahead, limit=3), 3)):
        taken = []
        results = made(sum, counted(taken, 1000), jobs=2)
        assert [next(results), next(results)] == [0, 1] and len(taken) <= most + 1
        results.close()


def noted(path):
    time.sleep(0.02)
    path.touch()


def test_who_stops_does_not_wait_for_what_no_process_has_begun(tmp_path):
    results = spread(noted, (tmp_path / f"{number}" for number in range(40)), jobs=2)
    next(results), next(results)
    results.close()
    assert 2 <= len(list(tmp_path.iterdir())) < 20


def several(_):
    return list(spread(sum, [[1], [2], [3]], jobs=2)), apart(lambda: 4)()


def test_inside_the_worker_of_another_pool_all_is_done_there():
    with get_context("fork").Pool(1) as pool:
        assert pool.apply(several, (0,)) == ([1, 2, 3], 4)


def test_a_collector_that_the_caller_put_off_stays_so():
    gc.disable()
    try:
        with collector_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_the_processes_of_a_run_that_is_killed_end_with_it():
    script = """
import os, signal
from dedupe.jobs import spread

def told(number):
    print(os.getpid(), flush=True)

for done, _ in enumerate(spread(told, range(200), 2)):
    if done == 100:
        os.kill(os.getpid(), signal.SIGTERM)
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as run:
        told, _ = run.communicate(timeout=60)  # until all that hold it have ended
    assert run.returncode == -signal.SIGTERM
    assert len({*told.split()}) > 1


def test_a_process_apart_that_is_killed_while_it_sends_its_result_is_not_waited_for():
    waited = apart(lambda: bytes(1 << 20))  # more than a pipe holds
    (process,) = active_children()
    time.sleep(0.5)
    process.kill()
    assert waited() == bytes(1 << 20)


def test_a_process_apart_answers_once_and_only_who_started_it():
    waited = apart(lambda: bytes(1 << 20))
    child = get_context("fork").Process(target=waited)
    child.start()
    child.join(10)
    assert child.exitcode == 0
    assert waited() == waited() == bytes(1 << 20)


def test_a_process_apart_that_nobody_asks_for_its_result_ends():
    waited = apart(lambda: bytes(1 << 20))  # more than a pipe holds
    (process,) = active_children()
    del waited
    process.join(10)
    assert process.exitcode == 0


def test_who_interrupts_a_run_does_not_wait_for_the_process_apart():
    def interrupt(*_):
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        waited = apart(lambda: time.sleep(30))
        begun = time.monotonic()
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        with pytest.raises(KeyboardInterrupt):
            waited()
        assert time.monotonic() - begun < 10
    finally:
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_job_takes_no_thread(jobs):
    def by(_=None):
        return get_ident()

    threads = {*threaded(by, range(3), jobs), *ahead(by, range(3), jobs, limit=2), *together(by, by, jobs)}
    assert (threads == {get_ident()}) == (jobs == 1)


def test_what_is_made_later_is_made_once_for_all_threads_and_equals_what_it_holds():
    made = []
    later = Later(lambda: made.append(time.sleep(0.1)) or ("a", "b"))
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda _: later[-1], range(8))) == ["b"] * 8
    assert len(made) == 1 and later == ("a", "b") == later != ("a",) and later == Later(lambda: ("a", "b"))
    assert {later, ("a", "b")} == {later} and pickle.loads(pickle.dumps(later)) == later and str(later) == "('a', 'b')"


def test_the_next_value_is_made_while_the_one_before_is_used():
    made = [Event(), Event(), Event()]

    def make(numbers):
        for number in numbers:
            made[number].set()
            yield number

    for number in one_ahead(make, range(3), jobs=2):
        assert made[min(number + 1, 2)].wait(60)
    here = [get_ident() for _ in one_ahead(lambda numbers: (get_ident() for _ in numbers), range(3), jobs=1)]
    assert {*here} == {get_ident()}


def test_what_goes_wrong_ahead_is_told_after_what_was_made_before():
    def make(numbers):
        return (6 // number for number in numbers)

    got = []
    with pytest.raises(ZeroDivisionError):
        got.extend(one_ahead(make, [1, 2, 0, 3], jobs=2))
    assert got == [6, 3]


def test_who_stops_waits_for_no_more_than_the_value_that_is_taken():
    taken = []

    def slow():
        for number in range(10_000):
            taken.append(number)
            yield number
            time.sleep(0.001)

    sums = one_ahead(lambda numbers: (sum(islice(numbers, many)) for many in (1, 10_000)), slow(), jobs=2)
    assert next(sums) == 0
    while len(taken) < 5:
        time.sleep(0.001)
    sums.close()
    assert len(taken) < 5_000
