#!/usr/bin/env python3
"""Lets Optuna write a journal, and writes beside it what Optuna reads from it.

    PYTHONPATH=optuna-4.9.0 python3 make_studies.py        writes optuna-4.9.0.log and optuna-4.9.0.json

Optuna's own code writes every line; only its clock and its uuids are replaced, so that running it again gives the same
bytes. What it reads is written with all that a trial has: states, dates, parameters with their distributions, values,
attributes. NaN and the infinities are Python's bare words in both files.
"""
import datetime
import json
import math
import os
import sys
import threading
import time
import types
import uuid

sys.dont_write_bytecode = True
os.environ["TZ"] = "Asia/Seoul"  # 4.9 writes local time without an offset
time.tzset()

import optuna  # noqa: E402
from optuna.distributions import distribution_to_json  # noqa: E402
from optuna.storages import JournalStorage  # noqa: E402
from optuna.storages.journal import JournalFileBackend, _storage  # noqa: E402
from optuna.trial import TrialState, _frozen, create_trial  # noqa: E402

optuna.logging.set_verbosity(optuna.logging.ERROR)
HERE = os.path.dirname(os.path.abspath(__file__))


class Clock(datetime.datetime):
    """Every call a second and some microseconds later."""

    ticks = 0

    @classmethod
    def now(cls, tz=None):
        Clock.ticks += 1
        moment = datetime.datetime(2026, 11, 20, 12, 0, tzinfo=datetime.timezone.utc) + datetime.timedelta(seconds=Clock.ticks, microseconds=Clock.ticks * 1001)
        return moment.astimezone(tz) if tz else moment.astimezone().replace(tzinfo=None)


class Uuids:
    count = 0

    @classmethod
    def next(cls):
        cls.count += 1
        return uuid.UUID(int=cls.count)


class Sampler(optuna.samplers.BaseSampler):
    """Goes through each range in steps of 0.618 of it."""

    count = 0

    def infer_relative_search_space(self, study, trial):
        return {}

    def sample_relative(self, study, trial, search_space):
        return {}

    def sample_independent(self, study, trial, name, distribution):
        self.count += 1
        part = self.count * 0.618 % 1
        if isinstance(distribution, optuna.distributions.CategoricalDistribution):
            return distribution.choices[int(part * len(distribution.choices))]
        low, high = distribution.low, distribution.high
        value = low * (high / low) ** part if distribution.log else low + part * (high - low)
        if distribution.step:
            value = low + round((value - low) / distribution.step) * distribution.step
        return int(value) if isinstance(distribution, optuna.distributions.IntDistribution) else value


def replace_clock_and_uuids():
    """In the modules that write journals and make trials, and nowhere else."""
    for module in (_storage, _frozen):
        module.datetime = Clock if isinstance(module.datetime, type) else types.SimpleNamespace(datetime=Clock)
    _storage.uuid = types.SimpleNamespace(uuid4=Uuids.next)
    _storage.threading = types.SimpleNamespace(Lock=threading.Lock, get_ident=lambda: 1)


def work(study, trial):
    lr = trial.suggest_float("lr", 1e-6, 1e-2, log=True)
    trial.suggest_float("momentum", 0.5, 0.95, step=0.15)
    trial.suggest_int("hidden", 16, 128, log=True)
    trial.suggest_int("layers", 1, 9, step=4)
    trial.suggest_categorical("form", ["깊은", None, True, 2, 2.5, float("nan")])
    trial.set_user_attr("note", {"who": "r\u00e9sum\u00e9 \"\\\n", "big": 2**70, "none": None, "list": [1, 1.0, float("-inf")]})
    for step in range(3):
        trial.report(math.nan if step == 1 else lr * step, step)


def write(path):
    first = JournalStorage(JournalFileBackend(path))
    second = JournalStorage(JournalFileBackend(path))
    sampler = Sampler()
    gone = optuna.create_study(storage=first, study_name="gone")
    gone.ask()
    study = optuna.create_study(storage=first, study_name="검색", direction="maximize", sampler=sampler)
    study.set_user_attr("seed", 1)
    study.set_metric_names(["accuracy"])
    other = optuna.create_study(storage=second, study_name="검색", direction="maximize", sampler=sampler, load_if_exists=True)
    optuna.delete_study(study_name="gone", storage=first)
    for number, end in enumerate(["complete", "pruned", "failed", "running", "infinite", "pruned at once"]):
        worker = study if number % 2 == 0 else other
        trial = worker.ask()
        if end != "pruned at once":
            work(worker, trial)
        if end == "complete":
            worker.tell(trial, 0.1 + 0.2)
        elif end == "infinite":
            worker.tell(trial, float("inf"))
        elif end.startswith("pruned"):
            worker.tell(trial, state=TrialState.PRUNED)
        elif end == "failed":
            worker.tell(trial, state=TrialState.FAIL)
    study.enqueue_trial({"lr": 0.003, "form": None, "momentum": float("inf")}, user_attrs={"by": "hand"})
    study.enqueue_trial({"lr": 0.004})
    taken = other.ask()
    taken.suggest_float("lr", 1e-4, 1e-3, log=True)
    other.tell(taken, 0.5)
    distributions = dict(study.trials[0].distributions)
    study.add_trial(create_trial(value=1e22, params=study.trials[0].params, distributions=distributions, intermediate_values={3: 1e-7, 11: 2.0}, user_attrs={"copied": True}))
    study.add_trial(create_trial(state=TrialState.WAITING, params={"lr": 1e-3}, distributions={"lr": distributions["lr"]}, system_attrs={"failed_trial": 2, "retry_history": [2]}))
    pair = optuna.create_study(storage=second, study_name="two objectives", directions=["minimize", "maximize"], sampler=sampler)
    trial = pair.ask()
    trial.suggest_float("x", -1, 1)
    pair.tell(trial, [1.5, -2])
    pair.ask()


def read(path):
    storage = JournalStorage(JournalFileBackend(path))
    return [
        {
            "id": study._study_id,
            "name": study.study_name,
            "directions": [int(direction) for direction in study.directions],
            "user_attrs": study.user_attrs,
            "system_attrs": study.system_attrs,
            "trials": [describe(trial) for trial in storage.get_all_trials(study._study_id)],
        }
        for study in storage.get_all_studies()
    ]


def describe(trial):
    return {
        "id": trial._trial_id,
        "number": trial.number,
        "state": int(trial.state),
        "datetime_start": trial.datetime_start and trial.datetime_start.astimezone(datetime.timezone.utc).isoformat(timespec="microseconds"),
        "datetime_complete": trial.datetime_complete and trial.datetime_complete.astimezone(datetime.timezone.utc).isoformat(timespec="microseconds"),
        "values": trial.values,
        "params": trial.params,
        "internal": {name: trial.distributions[name].to_internal_repr(value) for name, value in trial.params.items()},
        "distributions": {name: distribution_to_json(distribution) for name, distribution in trial.distributions.items()},
        "intermediate_values": {str(step): value for step, value in sorted(trial.intermediate_values.items())},
        "user_attrs": trial.user_attrs,
        "system_attrs": trial.system_attrs,
    }


def main():
    replace_clock_and_uuids()
    path = os.path.join(HERE, f"optuna-{optuna.__version__}.log")
    if os.path.exists(path):
        os.remove(path)
    write(path)
    with open(path[:-4] + ".json", "w", encoding="utf-8", newline="\n") as file:
        json.dump({"optuna": optuna.__version__, "zone": os.environ["TZ"], "studies": read(path)}, file, indent=1)
        file.write("\n")
    print(path)


if __name__ == "__main__":
    main()
