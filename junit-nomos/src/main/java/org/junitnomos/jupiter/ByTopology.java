package org.junitnomos.jupiter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import org.apiguardian.api.API;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/**
 * Runs test classes with equal topologies one after the other, so that clusters with {@link ClusterScope#SESSION} are
 * used again; the order stays within and among the groups.
 *
 * <p>Switch it on with {@code junit.jupiter.testclass.order.default} or with {@code nomos.group-topologies=true}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class ByTopology implements ClassOrderer {
    /** Creates the orderer. */
    public ByTopology() {}

    @Override
    public void orderClasses(ClassOrdererContext context) {
        var groups = new ArrayList<>();
        var positions = new HashMap<ClassDescriptor, Integer>();
        for (var descriptor : context.getClassDescriptors()) {
            var group = group(descriptor.getTestClass());
            if (!groups.contains(group)) {
                groups.add(group);
            }
            positions.put(descriptor, groups.indexOf(group));
        }
        context.getClassDescriptors()
                .sort(Comparator.comparing(descriptor -> positions.getOrDefault(descriptor, groups.size())));
    }

    private static Object group(Class<?> type) {
        return PlanReader.isAnnotated(type)
                ? PlanReader.outline(null, List.of(type), null).scenario().topology()
                : "no cluster";
    }
}
