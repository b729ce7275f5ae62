"""What statements assert, compared: the same, a contradiction, related or not, within and across languages."""

from tracker.claims.comparison import Comparison, compare_claims
from tracker.claims.index import ClaimIndex
from tracker.records import Claim

__all__ = ["Claim", "ClaimIndex", "Comparison", "compare_claims"]
