import { invalid } from './validation';

const token = /\s*(?:(?<word>[A-Za-z_]\w*|#\w+|:\w+|\d+)|(?<sign><>|<=|>=|[=<>(),.[\]+-]))/y;

/** Reads an expression of DynamoDB's, token by token. */
export class Tokens {
  readonly #tokens: string[] = [];
  #next = 0;

  /**
   * @param kind for errors, for example `ConditionExpression`
   * @throws ValidationException for a sign that no expression has
   */
  constructor(
    private readonly text: string,
    private readonly kind: string,
  ) {
    token.lastIndex = 0;
    const trimmed = text.trimEnd();
    while (token.lastIndex < trimmed.length) {
      const at = token.lastIndex;
      const { word, sign } = token.exec(trimmed)?.groups ?? {};
      const read = word ?? sign;
      if (read === undefined) throw this.wrong(trimmed.slice(at).trimStart()[0]);
      this.#tokens.push(read);
    }
  }

  /** The token that comes, in capitals as keywords are; undefined at the end. */
  get keyword(): string | undefined {
    return this.#tokens[this.#next]?.toUpperCase();
  }

  /** The token that comes. */
  get coming(): string | undefined {
    return this.#tokens[this.#next];
  }

  /** The token after that. */
  get following(): string | undefined {
    return this.#tokens[this.#next + 1];
  }

  /** Goes on. @returns the token that came */
  take(): string {
    const taken = this.#tokens[this.#next];
    if (taken === undefined) throw this.wrong(undefined);
    this.#next += 1;
    return taken;
  }

  /** Goes on, if this comes. */
  takeIf(expected: string): boolean {
    if (this.keyword !== expected) return false;
    this.#next += 1;
    return true;
  }

  /** Goes on. @throws ValidationException when something else comes */
  expect(expected: string): void {
    if (!this.takeIf(expected)) throw this.wrong(this.coming);
  }

  /** @throws ValidationException when something is left */
  expectEnd(): void {
    if (this.coming !== undefined) throw this.wrong(this.coming);
  }

  /** The error for a token that cannot stand where it does. */
  wrong(token: string | undefined): Error {
    const named = token === undefined ? '<EOF>' : token;
    return invalid(`Invalid ${this.kind}: Syntax error; token: "${named}", near: "${this.text}"`);
  }
}
