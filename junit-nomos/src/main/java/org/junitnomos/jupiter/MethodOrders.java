package org.junitnomos.jupiter;

import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junitnomos.scenario.Problems;

/** Refuses an order of methods in which {@link ExpectationNodes}, which end the run, may not come last. */
final class MethodOrders {
    private MethodOrders() {}

    /** Checks the order that a class has instead of {@link ExpectationsLast}. */
    static void check(Class<?> type, Method nodes, Problems problems) {
        var order = AnnotationSupport.findAnnotation(type, TestMethodOrder.class)
                .<Class<?>>map(TestMethodOrder::value)
                .orElse(ExpectationsLast.class);
        if (order == ExpectationsLast.class) {
            return;
        }
        var others =
                AnnotationSupport.findAnnotatedMethods(type, Testable.class, HierarchyTraversalMode.TOP_DOWN).stream()
                        .filter(each -> !each.equals(nodes))
                        .toList();
        if (!isLast(order, nodes, others)) {
            problems.add(
                    "@TestMethodOrder(" + ElementName.nameOf(order) + ") on " + ElementName.of(type),
                    "an order in which " + ElementName.of(List.of(type, nodes)) + " may not be the last method",
                    "@ExpectationNodes last, since they end the run",
                    "Remove @TestMethodOrder: then they are last; or use @TestMethodOrder("
                            + "MethodOrderer.OrderAnnotation.class) with @Order(Integer.MAX_VALUE) on that method");
        }
    }

    private static boolean isLast(Class<?> order, Method nodes, List<Method> others) {
        if (order == MethodOrderer.OrderAnnotation.class) {
            return others.stream().allMatch(each -> order(each) < order(nodes));
        }
        Comparator<Method> byName = Comparator.comparing(Method::getName);
        return order == MethodOrderer.MethodName.class
                && others.stream().allMatch(each -> byName.compare(each, nodes) < 0);
    }

    private static int order(Method method) {
        return AnnotationSupport.findAnnotation(method, Order.class)
                .map(Order::value)
                .orElse(Order.DEFAULT);
    }
}
