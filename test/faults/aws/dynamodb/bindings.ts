import { copied } from './copied';
import { invalid } from './validation';
import type { Value } from './values';

const known = new Map<string, ReadonlySet<string>>();

function placeholdersIn(expression: string): ReadonlySet<string> {
  const found = known.get(expression) ?? new Set(expression.match(/[#:]\w+/g));
  known.set(expression, found);
  return found;
}

/** What the placeholders of a request's expressions stand for. */
export class Bindings {
  readonly #names: Readonly<Record<string, string>>;
  readonly #values: Record<string, Value> = {};

  /**
   * @param request `ExpressionAttributeNames` and `ExpressionAttributeValues`
   * @param expressions all of the request
   * @throws ValidationException where the placeholders are not exactly those which the expressions use
   */
  constructor(
    request: {
      ExpressionAttributeNames?: Record<string, string> | undefined;
      ExpressionAttributeValues?: Record<string, unknown> | undefined;
    },
    expressions: readonly (string | undefined)[],
    removeUndefined = false,
  ) {
    this.#names = request.ExpressionAttributeNames ?? {};
    const values = request.ExpressionAttributeValues ?? {};
    for (const name in values) {
      const value = values[name];
      if (!(removeUndefined && value === undefined)) this.#values[name] = copied(value, removeUndefined);
    }
    const used = expressions.flatMap((expression) =>
      expression === undefined ? [] : [placeholdersIn(expression)],
    );
    for (const meanings of [this.#names, this.#values]) {
      for (const placeholder in meanings) {
        if (!used.some((placeholders) => placeholders.has(placeholder)))
          throw invalid(`${placeholder} is given a meaning, and unused in expressions.`);
      }
    }
    for (const placeholders of used) {
      for (const placeholder of placeholders) {
        const meanings: object = placeholder.startsWith('#') ? this.#names : this.#values;
        if (!Object.hasOwn(meanings, placeholder))
          throw invalid(`${placeholder} is used in an expression, and not defined.`);
      }
    }
  }

  /** The name of an attribute, given in an expression as it is or as a placeholder. */
  name(step: string): string {
    return step.startsWith('#') ? (this.#names[step] ?? step) : step;
  }

  /** The value that a placeholder stands for. */
  value(placeholder: string): Value {
    return this.#values[placeholder] ?? null;
  }
}
