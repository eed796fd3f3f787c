// What all commands here do with their options.
import { parseArgs } from 'node:util';

/**
 * The options that the command was given. With `--help` it says what there are, and ends; with one that it does not know,
 * or that lacks its value, it says which, and what there are, and fails.
 * @param help the text.
 * @param options as of `node:util`'s parseArgs, without `help`.
 */
export function readOptions(help, options) {
  let values;
  try {
    ({ values } = parseArgs({ options: { ...options, help: { type: 'boolean' } } }));
  } catch (error) {
    // Node's advice on arguments that are no options does not apply.
    console.error(`${error.message.split('. To specify')[0]}\n\n${help}`);
    process.exit(2);
  }
  if (!values.help) return values;
  console.log(help);
  process.exit(0);
}
