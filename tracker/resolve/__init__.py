"""Who is who across documents and scripts: mentions to entities, incrementally, whatever the order they come in."""

from tracker.resolve.judgement import Judgement
from tracker.resolve.known import NOBODY_KNOWN, KnownPeople, known_personas
from tracker.resolve.observation import Observation, observe
from tracker.resolve.persona import Persona, persona_blocks
from tracker.resolve.resolver import Move, Resolution, Resolver, Verdict, sight
from tracker.resolve.roster import MemoryRoster, Roster

__all__ = [
    "NOBODY_KNOWN",
    "Judgement",
    "KnownPeople",
    "MemoryRoster",
    "Move",
    "Observation",
    "Persona",
    "Resolution",
    "Resolver",
    "Roster",
    "Verdict",
    "known_personas",
    "observe",
    "persona_blocks",
    "sight",
]
