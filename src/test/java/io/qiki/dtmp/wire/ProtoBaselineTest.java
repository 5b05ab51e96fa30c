package io.qiki.dtmp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Published messages, enums and services keep their names, numbers and types: every line of the
 * baseline must still hold. Additions are allowed, and stand in the baseline from the next {@code
 * ./qiki test -Dtest=ProtoBaselineTest -Dqiki.baseline=write} on.
 */
@Timeout(20)
class ProtoBaselineTest {
    private static final Path BASELINE =
            Path.of("src/test/resources/io/qiki/dtmp/wire/proto-baseline.txt");

    private static final Path SOURCES = Path.of("src/main/proto");

    /** A value of an enum is described by its name. */
    private static final Pattern DESCRIBED =
            Pattern.compile("(message|enum|service|rpc) .*|[\\w.]+[^=]* \\w+ = \\d+.*|map<.*");

    @Test
    void shouldKeepWhatWasPublished() throws IOException {
        Set<String> now = lines();
        if (System.getProperty("qiki.baseline", "").equals("write")) {
            Files.write(BASELINE, now);
        }
        assertThat(now).containsAll(Files.readAllLines(BASELINE));
    }

    @Test
    void shouldHaveEveryPublishedNameInTheBaseline() throws IOException {
        assertThat(Files.readAllLines(BASELINE))
                .as("additions: run this test with -Dqiki.baseline=write")
                .containsExactlyElementsOf(lines());
    }

    @Test
    void shouldSeeARenumberedField() {
        Set<String> now = lines();
        assertThat(now)
                .contains(
                        "qiki.actuators.ActuatorCommand.timeout_ms = 11 INT32",
                        "qiki.fsm.FSMStateEnum.SAFE_MODE = 6",
                        "qiki.sensors.SensorReading.radar_data = 12 MESSAGE qiki.radar.v1.RadarFrame"
                                + " oneof sensor_data",
                        "qiki.radar.v1.RadarDetection.id_present = 91 BOOL optional");
    }

    @Test
    void shouldDescribeEveryMessageFieldAndCall() throws IOException {
        List<String> silent = new ArrayList<>();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".proto")).toList()) {
                undescribed(Files.readAllLines(file))
                        .forEach(line -> silent.add(file.getFileName() + ": " + line));
            }
        }
        assertThat(silent).as("a comment above says meaning, unit, frame and range").isEmpty();
    }

    @Test
    void shouldSeeWhatNobodyDescribes() {
        assertThat(
                        undescribed(
                                List.of(
                                        "// A thing.",
                                        "message Thing {",
                                        "    // Its name.",
                                        "    string name = 1;",
                                        "    map<string, double> more = 2;",
                                        "    oneof value {",
                                        "        int32 whole = 3;",
                                        "    }",
                                        "}",
                                        "service Things {",
                                        "    rpc Get(Thing) returns (Thing);")))
                .containsExactly(
                        "map<string, double> more = 2;",
                        "int32 whole = 3;",
                        "service Things {",
                        "rpc Get(Thing) returns (Thing);");
    }

    /** Messages, enums, services, calls and fields without a comment in the line above. */
    private static List<String> undescribed(List<String> source) {
        List<String> found = new ArrayList<>();
        String before = "";
        for (String line : source) {
            String text = line.strip();
            if (DESCRIBED.matcher(text).matches() && !before.startsWith("//")) {
                found.add(text);
            }
            before = text;
        }
        return found;
    }

    private static Set<String> lines() {
        Set<FileDescriptor> files = new LinkedHashSet<>();
        collect(qiki.twin.v1.Twin.getDescriptor(), files);
        collect(qiki.agent.v1.Agent.getDescriptor(), files);
        collect(qiki.api.QSimApi.getDescriptor(), files);
        collect(qiki.bios.Bios.getDescriptor(), files);
        Set<String> lines = new TreeSet<>();
        for (FileDescriptor file : files) {
            file.getMessageTypes().forEach(one -> add(one, lines));
            file.getEnumTypes().forEach(one -> add(one, lines));
            file.getServices().forEach(one -> add(one, lines));
        }
        return lines;
    }

    private static void collect(FileDescriptor file, Set<FileDescriptor> files) {
        if (file.getPackage().startsWith("qiki.") && files.add(file)) {
            file.getDependencies().forEach(one -> collect(one, files));
        }
    }

    private static void add(Descriptor message, Set<String> lines) {
        lines.add("message " + message.getFullName());
        for (FieldDescriptor field : message.getFields()) {
            List<String> words = new ArrayList<>();
            words.add(field.getFullName() + " = " + field.getNumber() + " " + field.getType());
            if (field.getType() == FieldDescriptor.Type.MESSAGE) {
                words.add(field.getMessageType().getFullName());
            } else if (field.getType() == FieldDescriptor.Type.ENUM) {
                words.add(field.getEnumType().getFullName());
            }
            if (field.isRepeated()) {
                words.add("repeated");
            }
            if (field.getRealContainingOneof() != null) {
                words.add("oneof " + field.getRealContainingOneof().getName());
            } else if (field.toProto().getProto3Optional()) {
                words.add("optional");
            }
            lines.add(String.join(" ", words));
        }
        message.getNestedTypes().stream()
                .filter(one -> !one.getOptions().getMapEntry())
                .forEach(one -> add(one, lines));
        message.getEnumTypes().forEach(one -> add(one, lines));
    }

    private static void add(EnumDescriptor type, Set<String> lines) {
        for (EnumValueDescriptor value : type.getValues()) {
            lines.add(type.getFullName() + "." + value.getName() + " = " + value.getNumber());
        }
    }

    private static void add(ServiceDescriptor service, Set<String> lines) {
        for (MethodDescriptor method : service.getMethods()) {
            lines.add(
                    "rpc "
                            + method.getFullName()
                            + "("
                            + (method.isClientStreaming() ? "stream " : "")
                            + method.getInputType().getFullName()
                            + ") returns ("
                            + (method.isServerStreaming() ? "stream " : "")
                            + method.getOutputType().getFullName()
                            + ")");
        }
    }
}
