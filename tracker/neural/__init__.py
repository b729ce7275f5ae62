"""Transformers models behind the interfaces that work without them; imported only where config.yaml names a model.

``embeddings`` gives sentence vectors for claim search, ``inference`` the chances that a claim follows from another or
contradicts it, ``entities`` names as further evidence for speakers. Models are loaded when they are first used, from
folders; ``hub`` alone reaches the network, and only ``tracker models pull`` calls it.
"""
