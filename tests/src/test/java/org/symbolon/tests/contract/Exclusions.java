package org.symbolon.tests.contract;

import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Lets the tests fail that a backend excludes, and fails those that pass in spite of it. */
final class Exclusions implements TestExecutionExceptionHandler, AfterTestExecutionCallback {
    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        if (!isExcluded(context)) {
            throw failure;
        }
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (isExcluded(context) && context.getExecutionException().isEmpty()) {
            Assertions.fail(
                    "%s passes: take it off the exclusions",
                    context.getRequiredTestMethod().getName());
        }
    }

    private static boolean isExcluded(ExtensionContext context) {
        Contract contract = (Contract) context.getRequiredTestInstance();
        return contract.fixture()
                .exclusions()
                .containsKey(context.getRequiredTestMethod().getName());
    }
}
