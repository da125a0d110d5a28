package org.symbolon.config;

import java.util.List;
import java.util.Map;

/** What stands at a place of a YAML file. */
sealed interface YamlNode {
    Location at();

    /** What it is, for messages. */
    String kind();

    /** A text, a number, a truth value; the text as it is written, without quotes. */
    record Scalar(Location at, String text) implements YamlNode {
        @Override
        public String kind() {
            return "a value";
        }
    }

    /** Nothing: a key without a value. */
    record Nothing(Location at) implements YamlNode {
        @Override
        public String kind() {
            return "nothing";
        }
    }

    /** A list. */
    record Sequence(Location at, List<YamlNode> items) implements YamlNode {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Keys with what they hold, in the order of the file. */
    record Mapping(Location at, Map<String, Entry> entries) implements YamlNode {
        @Override
        public String kind() {
            return "keys and values";
        }
    }

    /** What a key holds, and where the key stands. */
    record Entry(Location keyAt, YamlNode value) {}
}
