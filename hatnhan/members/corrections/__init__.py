"""The member's right to have the own record corrected: asked for, acknowledged, done or refused in time."""
