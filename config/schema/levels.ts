import * as z from 'zod';
import { customControls } from '../../controls/registry';
import { capitalized } from '../../core/capitalized';
import type { Flag } from '../../core/report';
import { closest } from '../did-you-mean';
import { accountKey, unitKey } from './keys';
import { emptyAs, section } from './parts';

const flags = ['off', 'approval', 'on'] as const satisfies readonly Flag[];

const flag = z
  .enum(flags, {
    error: ({ input }) =>
      typeof input === 'boolean'
        ? `a flag is off, approval or on; write ${input ? 'on' : 'off'} if that is what you mean.`
        : `a flag is off, approval or on${mistyped(input)}.`,
  })
  .describe(
    'off: only report what would be done. approval: wait for an operator to decide. on: fix, and report.',
  );

/** What somebody may have meant, as the end of a sentence. */
function mistyped(input: unknown): string {
  const meant = typeof input === 'string' ? closest(input, flags) : undefined;
  return meant === undefined ? '' : `; write ${meant} if that is what you mean`;
}

/** A mistyped key is told as that, not as a section without content as well. */
const nothingElseWrong = ({ issues }: z.core.ParsePayload): boolean => issues.length === 0;

/** What a level says of one control: a flag, or a section with a flag, parameters, or both. */
function controlSays(parameters: z.core.$ZodType) {
  const long = z
    .strictObject(
      { flag: flag.optional(), parameters: z.optional(parameters) },
      section('a flag, or a section with flag and parameters'),
    )
    .refine((said) => said.flag !== undefined || said.parameters !== undefined, {
      error: 'says nothing; give it a flag, parameters, or both.',
      when: nothingElseWrong,
    });
  return z.union([flag, long]);
}

/** The controls that a level can name, each with its own parameters. */
const controls = emptyAs(
  {},
  z.strictObject(
    Object.fromEntries(
      customControls.map(({ id, title, parameters }) => [
        id,
        controlSays(parameters)
          .optional()
          .describe(`${capitalized(title)}: its flag, or its flag and parameters.`),
      ]),
    ),
    section('controls with what is said of each, one "control: flag" a line'),
  ),
)
  .optional()
  .describe('What holds for single controls at this level, by the id of the control.');

/** What one level says: a flag, or a section with a flag, controls, or both. */
const level = z.union([
  flag,
  z
    .strictObject({ flag: flag.optional(), controls }, section('a flag, or a section with flag and controls'))
    .refine((said) => said.flag !== undefined || Object.keys(said.controls ?? {}).length > 0, {
      error: 'says nothing; give it a flag, controls, or both.',
      when: nothingElseWrong,
    }),
]);

function levelsBy(key: z.ZodString, what: string, description: string) {
  return emptyAs({}, z.record(key, level, { error: `${what} and their flags, one to a line.` })).describe(
    description,
  );
}

/** Flags and parameters, level by level. */
export const autoResponse = emptyAs(
  {},
  z.strictObject(
    {
      default: level
        .default('off')
        .describe('What holds where nothing more specific is said. Off when left out.'),
      organizationalUnits: levelsBy(
        unitKey,
        'organizational units',
        'By id (ou-abcd-11112222) or path (/Workloads/Prod; / is the root). They hold for everything nested inside, too.',
      ),
      accounts: levelsBy(accountKey, 'accounts', 'By id, in quotes, or by a name that only one account has.'),
    },
    section('a section with default, organizationalUnits and accounts'),
  ),
).describe('What Staunch may do where it finds something dangerous. The most specific line decides.');

/** What the file says of one level. */
export type SaidLevel = z.output<typeof level>;
