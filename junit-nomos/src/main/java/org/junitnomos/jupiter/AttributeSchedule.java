package org.junitnomos.jupiter;

import org.junitnomos.chaos.Schedule;

/** Read when a fault is in force from the attributes of its annotation. */
final class AttributeSchedule {
    private AttributeSchedule() {}

    /**
     * Read the attributes {@code at}, {@code duration} and {@code every}.
     *
     * @throws IllegalArgumentException naming annotation and attribute if one is no duration
     */
    static Schedule read(String annotation, String at, String duration, String every) {
        return new Schedule(
                AttributeTime.read(annotation + ".at", at),
                AttributeTime.read(annotation + ".duration", duration),
                AttributeTime.read(annotation + ".every", every));
    }
}
