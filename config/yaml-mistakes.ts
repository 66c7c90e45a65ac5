import { Lexer, type YAMLError } from 'yaml';

/** A mistake in YAML, in words that name what would be right. */
export interface YamlMistake {
  /** Where it is, in characters from the start of the text. */
  offset: number;
  message: string;
}

/** What the lexer puts between the tokens, and does not stand in the text: https://eemeli.org/yaml/#lexer */
const marks = { document: '\x02', unclosed: '\x18', scalar: '\x1f' };

/**
 * What is wrong with a text that is not YAML. A comment that swallows the end of a list or section leads to further
 * errors, so it is told alone.
 * @param errors what the parser says
 */
export function yamlMistakes(text: string, errors: readonly YAMLError[]): YamlMistake[] {
  const swallowed = errors.some(unclosed) ? swallowingComment(text) : undefined;
  if (swallowed) return [swallowed];
  const [first] = errors;
  if (first && openQuote(first)) {
    const message = 'not valid YAML. A quote is opened before this, and never closed.';
    return [{ offset: first.pos[0], message }];
  }
  // After its first mistake the parser also stumbles over what follows, which is right.
  return errors
    .filter(({ code }, index) => index === 0 || code !== 'UNEXPECTED_TOKEN')
    .map((error) => ({ offset: error.pos[0], message: `not valid YAML${inWords(error)}` }));
}

/**
 * What would be right in place of an alias, which a policy does not take.
 * @param name of the alias, without its asterisk
 * @param text the whole file: where it has no anchor of the name, none was meant
 */
export function insteadOfAlias(name: string, text: string): string {
  return text.includes(`&${name}`)
    ? `*${name} is an alias; write the value itself.`
    : `*${name} is an alias in YAML; write it in quotes: "*${name}".`;
}

function inWords({ code, message }: YAMLError): string {
  if (code === 'BAD_ALIAS') return '. * begins an alias; write it in quotes: "*".';
  if (code === 'MULTIPLE_DOCS') {
    return ' for a policy: a second document begins here, and a policy is one document only. Take it out, and the --- before it.';
  }
  if (code === 'MULTILINE_IMPLICIT_KEY') {
    return '. A key stands on one line, with a colon after it: "key:".';
  }
  return `. ${message}${code === 'TAB_AS_INDENT' ? '; indent with spaces.' : ''}`;
}

/** A quote that is never closed takes the rest of the file along. */
function openQuote({ code, message }: YAMLError): boolean {
  return code === 'MISSING_CHAR' && /^Missing closing .quote/.test(message);
}

/** The parser misses the end of a list in brackets or of a section in braces. */
function unclosed({ code, message }: YAMLError): boolean {
  return code === 'MISSING_CHAR' || (code === 'BAD_INDENT' && message.startsWith('Flow '));
}

/** A comment between brackets that holds a closing one, `{ channel: #security }`, where they are never closed. */
function swallowingComment(text: string): YamlMistake | undefined {
  let found: YamlMistake | undefined;
  let offset = 0;
  let open = 0;
  let before = '';
  for (const token of new Lexer().lex(text)) {
    if (token === marks.unclosed) {
      if (found) return found;
      open = 0;
    }
    if (Object.values(marks).includes(token)) continue;
    if (token === '{' || token === '[') open += 1;
    if (token === '}' || token === ']') open -= 1;
    if (open <= 0) found = undefined;
    const [bracket] = /[\]}]/.exec(token) ?? [];
    if (token.startsWith('#') && open > 0 && bracket) {
      found ??= { offset, message: swallows(token, bracket, ':,[{'.includes(before)) };
    }
    if (token.trim() !== '') before = token;
    offset += token.length;
  }
  return found;
}

function swallows(comment: string, bracket: string, isValue: boolean): string {
  const problem = `not valid YAML. # begins a comment here, which takes the ${bracket} at its end along;`;
  const [value] = /^#[^\s,\]}]+/.exec(comment) ?? [];
  return isValue && value !== undefined
    ? `${problem} write the value in quotes: "${value}".`
    : `${problem} put the comment on a line of its own.`;
}
