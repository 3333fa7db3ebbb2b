// Nothing: a target that makes precompiled headers wants a source that uses them.
