package org.symbolon.remote.client;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.symbolon.Bytes;
import org.symbolon.DerivationParameters;
import org.symbolon.MechanismParameters;
import org.symbolon.remote.rpc.Argument.Data;
import org.symbolon.remote.rpc.Argument.NoData;
import org.symbolon.remote.rpc.Argument.Ulong;
import org.symbolon.remote.rpc.Argument.Value;

/**
 * How the parameters of one class are written.
 *
 * @param type the class
 * @param fields as the fields that p11-kit types; none if it does not
 * @param flat as the bytes of a structure in the memory of a 64-bit little-endian peer; empty if there are pointers in it
 * @param <P> the class
 */
record ParameterForm<P extends MechanismParameters>(
        Class<P> type, Function<P, List<Value>> fields, Function<P, Optional<byte[]>> flat) {
    private static final long CKZ_DATA_SPECIFIED = 1;

    private static final Map<Class<?>, ParameterForm<?>> FORMS = Stream.of(
                    new ParameterForm<>(
                            MechanismParameters.Pss.class,
                            pss -> List.of(
                                    new Ulong(pss.hash().mechanism().code()),
                                    new Ulong(pss.mgfHash().mgfCode()),
                                    new Ulong(pss.saltBytes())),
                            pss -> flat(
                                    pss.hash().mechanism().code(), pss.mgfHash().mgfCode(), pss.saltBytes())),
                    new ParameterForm<>(
                            MechanismParameters.Oaep.class,
                            oaep -> List.of(
                                    new Ulong(oaep.hash().mechanism().code()),
                                    new Ulong(oaep.mgfHash().mgfCode()),
                                    new Ulong(CKZ_DATA_SPECIFIED),
                                    data(oaep.label())),
                            oaep -> Optional.empty()),
                    new ParameterForm<>(
                            MechanismParameters.Iv.class,
                            iv -> List.of(new Data(iv.iv())),
                            iv -> Optional.of(iv.iv().sharedArray())),
                    new ParameterForm<>(
                            MechanismParameters.Counter.class,
                            counter -> List.of(new Ulong(counter.counterBits()), new Data(counter.counterBlock())),
                            counter -> Optional.of(ByteBuffer.allocate(
                                            Long.BYTES + counter.counterBlock().length())
                                    .put(little(counter.counterBits()))
                                    .put(counter.counterBlock().sharedArray())
                                    .array())),
                    new ParameterForm<>(
                            MechanismParameters.Gcm.class,
                            gcm -> List.of(
                                    new Data(gcm.iv()),
                                    new Ulong(8L * gcm.iv().length()),
                                    data(gcm.additionalData()),
                                    new Ulong(gcm.tagBits())),
                            gcm -> Optional.empty()),
                    new ParameterForm<>(
                            MechanismParameters.MacLength.class,
                            length -> List.of(new Ulong(length.bytes())),
                            length -> flat(length.bytes())),
                    new ParameterForm<>(
                            DerivationParameters.Ecdh.class,
                            ecdh -> List.of(
                                    new Ulong(ecdh.kdf()), data(ecdh.sharedData()), new Data(ecdh.publicData())),
                            ecdh -> Optional.empty()),
                    new ParameterForm<>(
                            DerivationParameters.PublicValue.class,
                            value -> List.of(new Data(value.value())),
                            value -> Optional.of(value.value().sharedArray())),
                    new ParameterForm<>(
                            DerivationParameters.BitPosition.class,
                            position -> List.of(),
                            position -> flat(position.bit())),
                    new ParameterForm<>(
                            MechanismParameters.Raw.class,
                            raw -> List.of(),
                            raw -> Optional.of(raw.encoding().sharedArray())))
            .collect(Collectors.toUnmodifiableMap(ParameterForm::type, form -> form));

    /** Returns the fields of parameters; none if p11-kit does not type them. */
    static List<Value> fieldsOf(MechanismParameters parameters) {
        ParameterForm<?> form = FORMS.get(parameters.getClass());
        return form == null ? List.of() : form.toFields(parameters);
    }

    /** Returns parameters as a peer has them in its memory, if there are no pointers in them. */
    static Optional<byte[]> flatOf(MechanismParameters parameters) {
        ParameterForm<?> form = FORMS.get(parameters.getClass());
        return form == null ? Optional.empty() : form.toFlat(parameters);
    }

    /** Returns numbers as a 64-bit little-endian peer has them. */
    static byte[] little(long... numbers) {
        ByteBuffer out = ByteBuffer.allocate(Long.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long number : numbers) {
            out.putLong(number);
        }
        return out.array();
    }

    private List<Value> toFields(MechanismParameters parameters) {
        return fields.apply(type.cast(parameters));
    }

    private Optional<byte[]> toFlat(MechanismParameters parameters) {
        return flat.apply(type.cast(parameters));
    }

    private static Optional<byte[]> flat(long... numbers) {
        return Optional.of(little(numbers));
    }

    private static Value data(Bytes bytes) {
        return bytes.isEmpty() ? new NoData() : new Data(bytes);
    }
}
