package org.symbolon.tests.contract;

import java.lang.reflect.Method;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Lets the tests fail that a backend excludes, and fails those that pass in spite of it. A test is named by its method; one of
 * those that a factory makes by the factory's method and its own name in brackets.
 */
final class Exclusions implements InvocationInterceptor {
    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> test, ExtensionContext context)
            throws Throwable {
        run(invocation, context, test.getExecutable().getName());
    }

    @Override
    public void interceptDynamicTest(
            Invocation<Void> invocation, DynamicTestInvocationContext test, ExtensionContext context) throws Throwable {
        ExtensionContext factory = context;
        while (factory.getTestMethod().isEmpty() || factory.getTestInstance().isEmpty()) {
            factory = factory.getParent().orElseThrow();
        }
        run(invocation, factory, factory.getRequiredTestMethod().getName() + "[" + context.getDisplayName() + "]");
    }

    private static void run(Invocation<Void> invocation, ExtensionContext context, String test) throws Throwable {
        Contract contract = (Contract) context.getRequiredTestInstance();
        Optional<String> reason =
                Optional.ofNullable(contract.fixture().exclusions().get(test));
        if (reason.isEmpty()) {
            invocation.proceed();
        } else if (Assertions.catchThrowable(invocation::proceed) == null) {
            Assertions.fail("%s passes: take it off the exclusions, where it says: %s", test, reason.get());
        }
    }
}
