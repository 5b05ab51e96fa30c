package io.qiki.dtmp.launcher;

import io.qiki.dtmp.config.ConfigException;
import io.qiki.dtmp.config.ConfigFault;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. Errors are one sentence each on standard error, with an exit code. */
@Command(
        name = "qiki",
        description = "A digital twin of an autonomous spacecraft and the agent that flies it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            RunCommand.class,
            SimCommand.class,
            AgentCommand.class,
            StepCommand.class,
            CheckCommand.class,
            CampaignCommand.class,
            VerticleCommand.class
        })
public final class Main implements Runnable {
    @Spec private CommandSpec spec;

    private Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    /** Runs a command. */
    static int execute(String... arguments) {
        boolean verbose = List.of(arguments).contains("--verbose");
        CommandLine main = new CommandLine(new Main());
        int code =
                main.setCaseInsensitiveEnumValuesAllowed(true)
                        .setParameterExceptionHandler(Main::refuse)
                        .setExecutionExceptionHandler(
                                (cause, line, parsed) -> report(cause, line, verbose))
                        .execute(arguments);
        main.getOut().flush();
        if (code == ExitCodes.DONE && System.out.checkError()) {
            main.getErr().println("qiki: standard output cannot be written");
            return ExitCodes.FAILED;
        }
        return code;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing; --help lists them");
    }

    private static int refuse(ParameterException cause, String[] arguments) {
        PrintWriter err = cause.getCommandLine().getErr();
        String sentence = cause.getMessage().lines().findFirst().orElse("wrong use");
        err.println("qiki: " + sentence);
        err.flush();
        return ExitCodes.WRONG_USE;
    }

    private static int report(Exception cause, CommandLine line, boolean verbose) {
        PrintWriter err = line.getErr();
        int exit = describe(cause, err);
        if (verbose) {
            cause.printStackTrace(err);
        }
        err.flush();
        return exit;
    }

    private static int describe(Exception cause, PrintWriter err) {
        if (cause instanceof ConfigException wrong) {
            err.println("qiki: " + wrong.getMessage());
            for (ConfigFault fault : wrong.faults()) {
                err.println("  " + fault);
            }
            return ExitCodes.of(wrong.code());
        }
        if (cause instanceof StartFailed failed) {
            err.println("qiki: " + failed.getMessage());
            return ExitCodes.of(failed.code());
        }
        err.println("qiki: " + cause);
        return ExitCodes.FAILED;
    }
}
