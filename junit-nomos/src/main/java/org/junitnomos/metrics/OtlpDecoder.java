package org.junitnomos.metrics;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads the body of an export by OTLP over HTTP, as Prometheus would name what is in it: characters that names cannot
 * have become {@code _}, and histograms have the endings {@code _bucket}, {@code _sum} and {@code _count}. The only
 * class that sees the classes of OTLP, which may be missing: then it must not even be loaded.
 */
final class OtlpDecoder {
    private OtlpDecoder() {}

    /** Takes what a body says. */
    interface Values {
        /** Takes a value as it is now. */
        void set(Metric metric, double value);

        /** Takes by how much a value has grown. */
        void add(Metric metric, double growth);
    }

    /**
     * Reads a body.
     *
     * @throws IllegalArgumentException if it is none
     */
    static void decode(byte[] body, Values values) {
        ExportMetricsServiceRequest request;
        try {
            request = ExportMetricsServiceRequest.parseFrom(body);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("expected an export of metrics in protobuf: " + e.getMessage(), e);
        }
        for (var resource : request.getResourceMetricsList()) {
            for (var scope : resource.getScopeMetricsList()) {
                scope.getMetricsList().forEach(metric -> read(metric, values));
            }
        }
    }

    private static void read(io.opentelemetry.proto.metrics.v1.Metric metric, Values values) {
        var name = name(metric.getName());
        switch (metric.getDataCase()) {
            case GAUGE ->
                metric.getGauge().getDataPointsList().forEach(point -> {
                    if (isValue(point.getFlags())) {
                        values.set(new Metric(name, labels(point.getAttributesList())), number(point));
                    }
                });
            case SUM -> sum(name, metric.getSum(), values);
            case HISTOGRAM -> histogram(name, metric.getHistogram(), values);
            case EXPONENTIAL_HISTOGRAM -> {
                boolean delta = isDelta(metric.getExponentialHistogram().getAggregationTemporality());
                for (var point : metric.getExponentialHistogram().getDataPointsList()) {
                    var labels = labels(point.getAttributesList());
                    put(new Metric(name + "_count", labels), point.getCount(), delta, values);
                    put(new Metric(name + "_sum", labels), point.getSum(), delta, values);
                }
            }
            case SUMMARY -> summary(name, metric.getSummary(), values);
            case DATA_NOT_SET -> {
                // a metric without values
            }
        }
    }

    private static void put(Metric metric, double value, boolean delta, Values values) {
        if (delta) {
            values.add(metric, value);
        } else {
            values.set(metric, value);
        }
    }

    private static boolean isDelta(AggregationTemporality temporality) {
        return temporality == AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
    }

    private static boolean isValue(int flags) {
        return (flags & DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE) == 0;
    }

    private static double number(NumberDataPoint point) {
        return point.hasAsInt() ? point.getAsInt() : point.getAsDouble();
    }

    private static void sum(String name, Sum sum, Values values) {
        boolean delta = isDelta(sum.getAggregationTemporality());
        for (var point : sum.getDataPointsList()) {
            if (isValue(point.getFlags())) {
                put(new Metric(name, labels(point.getAttributesList())), number(point), delta, values);
            }
        }
    }

    private static void histogram(String name, Histogram histogram, Values values) {
        boolean delta = isDelta(histogram.getAggregationTemporality());
        for (var point : histogram.getDataPointsList()) {
            if (!isValue(point.getFlags())) {
                continue;
            }
            var labels = labels(point.getAttributesList());
            put(new Metric(name + "_count", labels), point.getCount(), delta, values);
            if (point.hasSum()) {
                put(new Metric(name + "_sum", labels), point.getSum(), delta, values);
            }
            long below = 0;
            for (int i = 0; i < point.getBucketCountsCount(); i++) {
                below += point.getBucketCounts(i);
                var bucket = new TreeMap<>(labels);
                bucket.put(
                        "le",
                        i < point.getExplicitBoundsCount() ? MetricNumber.text(point.getExplicitBounds(i)) : "+Inf");
                put(new Metric(name + "_bucket", bucket), below, delta, values);
            }
        }
    }

    private static void summary(String name, Summary summary, Values values) {
        for (var point : summary.getDataPointsList()) {
            var labels = labels(point.getAttributesList());
            values.set(new Metric(name + "_count", labels), point.getCount());
            values.set(new Metric(name + "_sum", labels), point.getSum());
            for (var each : point.getQuantileValuesList()) {
                var quantile = new TreeMap<>(labels);
                quantile.put("quantile", MetricNumber.text(each.getQuantile()));
                values.set(new Metric(name, quantile), each.getValue());
            }
        }
    }

    private static String name(String told) {
        var plain = told.replaceAll("[^a-zA-Z0-9_:]", "_");
        return plain.isEmpty() || Character.isDigit(plain.charAt(0)) ? "_" + plain : plain;
    }

    private static TreeMap<String, String> labels(List<KeyValue> attributes) {
        var labels = new TreeMap<String, String>();
        attributes.forEach(each -> labels.put(name(each.getKey()).replace(':', '_'), text(each.getValue())));
        return labels;
    }

    private static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
            case INT_VALUE -> Long.toString(value.getIntValue());
            case DOUBLE_VALUE -> MetricNumber.text(value.getDoubleValue());
            case ARRAY_VALUE ->
                value.getArrayValue().getValuesList().stream()
                        .map(OtlpDecoder::text)
                        .collect(Collectors.joining(","));
            default -> "";
        };
    }
}
