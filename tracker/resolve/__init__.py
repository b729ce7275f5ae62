"""Who is who across documents and scripts: mentions to entities, incrementally, whatever the order they come in."""

from tracker.resolve.judgement import Judgement
from tracker.resolve.observation import Observation, observe
from tracker.resolve.persona import Persona, persona_blocks
from tracker.resolve.resolver import Move, Resolution, Resolver, sight
from tracker.resolve.roster import MemoryRoster, Roster

__all__ = [
    "Judgement",
    "MemoryRoster",
    "Move",
    "Observation",
    "Persona",
    "Resolution",
    "Resolver",
    "Roster",
    "observe",
    "persona_blocks",
    "sight",
]
