package org.junitnomos.jupiter;

import java.util.Comparator;
import org.apiguardian.api.API;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;
import org.junit.platform.commons.support.ReflectionSupport;

/** Keeps the configured order of methods, but runs {@link ExpectationNodes} last; {@link ScenarioOptions} brings it. */
@API(status = API.Status.INTERNAL, since = "0.1")
public final class ExpectationsLast implements MethodOrderer {
    /** Creates the orderer. */
    public ExpectationsLast() {}

    @Override
    public void orderMethods(MethodOrdererContext context) {
        context.getConfigurationParameter(DEFAULT_ORDER_PROPERTY_NAME)
                .filter(name -> !name.equals(ExpectationsLast.class.getName()))
                .ifPresent(name -> ReflectionSupport.tryToLoadClass(name)
                        .andThenTry(type -> (MethodOrderer) ReflectionSupport.newInstance(type))
                        .ifSuccess(orderer -> orderer.orderMethods(context)));
        context.getMethodDescriptors()
                .sort(Comparator.comparing(descriptor -> descriptor.isAnnotated(ExpectationNodes.class)));
    }
}
