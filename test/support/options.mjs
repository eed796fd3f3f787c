// What all commands here do with their options.
import { parseArgs } from 'node:util';

/**
 * The options that the command was given. With `--help` it says what there are, and ends; with one that it does not know,
 * or that lacks its value, it says which, and what there are, and fails.
 * @param help the text.
 * @param options as of `node:util`'s parseArgs, without `help`.
 * @param words what may be given besides; those that were are `words` of what is returned.
 */
export function readOptions(help, options, words = []) {
  let parsed;
  try {
    parsed = parseArgs({ options: { ...options, help: { type: 'boolean' } }, allowPositionals: words.length > 0 });
    const unknown = parsed.positionals.find((word) => !words.includes(word));
    if (unknown) throw new Error(`Unknown word '${unknown}'`);
  } catch (error) {
    // Node's advice on arguments that are no options does not apply.
    console.error(`${error.message.split('. To specify')[0]}\n\n${help}`);
    process.exit(2);
  }
  const { positionals, values } = parsed;
  if (!values.help) return { ...values, words: positionals };
  console.log(help);
  process.exit(0);
}
