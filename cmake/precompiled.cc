// Nothing: the target that makes the precompiled headers of src/ wants a source.
