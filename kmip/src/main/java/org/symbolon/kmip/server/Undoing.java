package org.symbolon.kmip.server;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.symbolon.TokenException;
import org.symbolon.kmip.enumeration.ResultReason;
import org.symbolon.kmip.enumeration.ResultStatus;
import org.symbolon.kmip.message.RequestBatchItem;
import org.symbolon.kmip.message.ResponseBatchItem;
import org.symbolon.kmip.ttlv.KmipVersion;

/** Runs batches of which all or nothing is done: the error continuation option Undo (KMIP 2.1 section 9.4). */
final class Undoing {
    private Undoing() {}

    /** Runs the items in their order, and goes back if one fails. */
    static List<ResponseBatchItem> run(
            List<RequestBatchItem> items, KmipVersion version, Function<RequestBatchItem, ResponseBatchItem> run) {
        List<ResponseBatchItem> answers = new ArrayList<>();
        Journal journal = Journal.begin();
        try {
            for (RequestBatchItem item : items) {
                ResponseBatchItem answer = run.apply(item);
                if (!answer.resultStatus().equals(ResultStatus.SUCCESS)) {
                    return undone(journal, answers, answer, version);
                }
                answers.add(answer);
            }
            return finished(journal, answers, version);
        } finally {
            Journal.end();
        }
    }

    private static List<ResponseBatchItem> finished(
            Journal journal, List<ResponseBatchItem> answers, KmipVersion version) {
        try {
            journal.finish();
            return answers;
        } catch (KmipFailure e) {
            return failed(journal, answers, e, version);
        } catch (TokenException e) {
            return failed(journal, answers, KmipFailure.of(e), version);
        }
    }

    private static List<ResponseBatchItem> failed(
            Journal journal, List<ResponseBatchItem> answers, KmipFailure failure, KmipVersion version) {
        ResponseBatchItem last = answers.remove(answers.size() - 1);
        return undone(journal, answers, with(last, ResultStatus.OPERATION_FAILED, failure, version), version);
    }

    private static List<ResponseBatchItem> undone(
            Journal journal, List<ResponseBatchItem> answers, ResponseBatchItem failed, KmipVersion version) {
        boolean whole = journal.undo();
        KmipFailure partly =
                new KmipFailure(ResultReason.GENERAL_FAILURE, "what the batch did could not be undone in whole");
        List<ResponseBatchItem> all = new ArrayList<>();
        for (ResponseBatchItem answer : answers) {
            all.add(
                    whole
                            ? with(answer, ResultStatus.OPERATION_UNDONE, null, version)
                            : with(answer, ResultStatus.OPERATION_FAILED, partly, version));
        }
        all.add(failed);
        return all;
    }

    /** Returns an item as it is answered where something comes in between. */
    static ResponseBatchItem with(
            ResponseBatchItem item, ResultStatus status, @Nullable KmipFailure failure, KmipVersion version) {
        return new ResponseBatchItem(
                item.operation(),
                item.uniqueBatchItemId(),
                status,
                failure == null ? null : failure.reason(version),
                failure == null ? null : failure.getMessage(),
                null,
                failure == null ? item.responsePayload() : null,
                item.messageExtension());
    }
}
