"""A case file into facts: code generated once for a catalogue, which then reads a case in microseconds."""
