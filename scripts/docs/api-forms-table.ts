import { apiForms } from '../../resources/api-forms';
import { markdownTable } from './blocks';

/** In what form AWS's API answers about each resource type, for docs/command-line.md. */
export function apiFormsTable(): string {
  return markdownTable(
    ['resource type', 'input', 'from'],
    Object.entries(apiForms).map(([type, { form, commands }]) => [
      `\`${type}\``,
      form.replace(/\b[a-z]*[A-Z][A-Za-z]*\b/g, (name) => `\`${name}\``),
      commands.map((command) => `\`${command}\``).join(', '),
    ]),
  );
}
