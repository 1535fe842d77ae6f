package dev.howdah.cli.command;

import dev.howdah.base.Cancellation;
import dev.howdah.base.Environment;
import dev.howdah.cli.Console;

/**
 * What every command is given.
 *
 * @param environment the machine
 * @param console the standard streams
 * @param cancellation a person's wish to stop
 */
public record Context(Environment environment, Console console, Cancellation cancellation) {}
