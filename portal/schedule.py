"""The clock: all that is done without anybody asking for it, and how often, in seconds."""

from typing import Any

TICK_SECONDS = 10
BEAT: dict[str, dict[str, Any]] = {
    "publish and expire what is due": {
        "task": "portal.editorial.tasks.tick",
        "schedule": TICK_SECONDS,
        "options": {"expires": TICK_SECONDS},
    },
    "do the effects that wait": {
        "task": "portal.editorial.tasks.do_effects",
        "schedule": TICK_SECONDS,
        "options": {"expires": TICK_SECONDS},
    },
    "make the pictures' renditions": {
        "task": "portal.library.tasks.make_renditions",
        "schedule": 30,
        "options": {"expires": 30},
    },
    "make the copies of approved mailings": {
        "task": "portal.mailing.tasks.address",
        "schedule": TICK_SECONDS,
        "options": {"expires": TICK_SECONDS},
    },
    "start the mailings that are due": {
        "task": "portal.mailing.tasks.send_due",
        "schedule": TICK_SECONDS,
        "options": {"expires": TICK_SECONDS},
    },
    "forget letters meant for one day": {
        "task": "portal.mailing.tasks.forget_words",
        "schedule": 3600,
        "options": {"expires": 3600},
    },
    "read the bounces": {
        "task": "portal.mailing.tasks.fetch_bounces",
        "schedule": 300,
        "options": {"expires": 300},
    },
    "hand over the mail that waits": {
        "task": "portal.mailing.tasks.deliver",
        "schedule": TICK_SECONDS,
        "options": {"expires": TICK_SECONDS},
    },
    "watch what bulletins have pinned": {
        "task": "publications.tasks.watch_pins",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "watch the cards of journalists": {
        "task": "pressroom.tasks.watch_cards",
        "schedule": 3600,
        "options": {"expires": 3600},
    },
    "send the digests for the press": {
        "task": "pressroom.tasks.send_digests",
        "schedule": 300,
        "options": {"expires": 300},
    },
    "offer seats that are free": {
        "task": "training.tasks.promote_waiting",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "remind those who attend": {
        "task": "training.tasks.remind",
        "schedule": 600,
        "options": {"expires": 600},
    },
    "forget registrations nobody confirmed": {
        "task": "training.tasks.forget_unconfirmed",
        "schedule": 3600,
        "options": {"expires": 3600},
    },
    "erase what is known of participants and no longer needed": {
        "task": "training.tasks.erase_what_is_over",
        "schedule": 6 * 3600,
        "options": {"expires": 3600},
    },
    "ask participants what they think": {
        "task": "training.tasks.ask_participants",
        "schedule": 3600,
        "options": {"expires": 3600},
    },
    "forget scans and applications that are over": {
        "task": "pressroom.tasks.forget_what_is_over",
        "schedule": 6 * 3600,
        "options": {"expires": 3600},
    },
    "remind units of the press, and tell who is late": {
        "task": "pressroom.tasks.watch_units",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "forget who asked long ago": {
        "task": "pressroom.tasks.forget_enquirers",
        "schedule": 3600,
        "options": {"expires": 3600},
    },
    "close idle accounts": {
        "task": "portal.accounts.tasks.close_idle_accounts",
        "schedule": 6 * 3600,
        "options": {"expires": 3600},
    },
}
