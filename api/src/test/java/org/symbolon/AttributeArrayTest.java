package org.symbolon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The sorted arrays behave as a sorted map does. */
class AttributeArrayTest {
    private static final List<Attribute<?>> SOME =
            Attribute.all().stream().sorted().limit(40).toList();

    @Test
    void putAndRemove_inAnyOrder_isWhatASortedMapHas() {
        Random random = new Random(7);
        AttributeArray array = new AttributeArray();
        Map<Attribute<?>, Object> map = new TreeMap<>();
        for (int step = 0; step < 20_000; step++) {
            Attribute<?> attribute = SOME.get(random.nextInt(SOME.size()));
            if (random.nextInt(3) == 0) {
                array.remove(attribute);
                map.remove(attribute);
            } else {
                array.put(attribute, step);
                map.put(attribute, step);
            }
            assertThat(array.get(attribute)).isEqualTo(map.get(attribute));
            assertThat(array.size()).isEqualTo(map.size());
        }
        assertSame(array, map);
    }

    @Test
    void putAll_ofAnyTwo_isWhatASortedMapHas() {
        Random random = new Random(8);
        for (int round = 0; round < 2_000; round++) {
            Map<Attribute<?>, Object> map = random(random, "old ");
            Map<Attribute<?>, Object> others = random(random, "new ");
            AttributeArray array = of(map).copy();
            array.putAll(of(others));
            map.putAll(others);
            assertSame(array, map);
            assertThat(array).isEqualTo(of(map)).hasSameHashCodeAs(of(map));
        }
    }

    @Test
    void copy_whenTheFirstChanges_stays() {
        AttributeArray array = new AttributeArray();
        array.put(Attribute.LABEL, "one");
        AttributeArray copy = array.copy();
        array.put(Attribute.LABEL, "two");
        array.put(Attribute.ID, "more");
        assertThat(copy).hasToString("{CKA_LABEL=one}").isNotEqualTo(array);
        assertThat(copy.keys()).containsExactly(Attribute.LABEL);
    }

    private static Map<Attribute<?>, Object> random(Random random, String prefix) {
        Map<Attribute<?>, Object> map = new TreeMap<>();
        int size = random.nextInt(SOME.size());
        for (int i = 0; i < size; i++) {
            map.put(SOME.get(random.nextInt(SOME.size())), prefix + i);
        }
        return map;
    }

    private static AttributeArray of(Map<Attribute<?>, Object> map) {
        AttributeArray array = new AttributeArray();
        map.forEach(array::put);
        return array;
    }

    private static void assertSame(AttributeArray array, Map<Attribute<?>, Object> map) {
        assertThat(new ArrayList<Object>(array.keys())).isEqualTo(new ArrayList<Object>(map.keySet()));
        assertThat(array.keys())
                .allSatisfy(attribute -> assertThat(array.get(attribute)).isEqualTo(map.get(attribute)));
        assertThat(array.keys()).hasSize(map.size());
    }
}
