import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../cli/main';
import { policySummary } from '../../cli/validate/policy-summary';
import { policyJsonSchema } from '../../config/json-schema';
import { parseOrganization } from '../../config/organization';

const valid = `organization: { id: o-exampleorg1, managementAccount: "111111111111" }
hub: { account: "222222222222", region: eu-west-1, alarms: [security@example.com] }
targets: [r-abcd]
slack: { channel: C0123456789 }
autoResponse:
  organizationalUnits:
    /Sandbox: { flag: on, controls: { s3-public-access: off } }
    /Workloads: { controls: { s3-public-access: { parameters: { fix: lockdown } } } }
  accounts: { legacy: off }
people: [{ who: [{ owners: StaunchOwners }], may: [approve] }]
`;

describe('staunch validate', () => {
  let directory: string;
  let printed: string;
  let complained: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'staunch-validate-'));
    printed = '';
    complained = '';
    vi.spyOn(console, 'log').mockImplementation((text) => {
      printed += `${text}\n`;
    });
    vi.spyOn(console, 'error').mockImplementation((text) => {
      complained += `${text}\n`;
    });
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      printed += text;
      return true;
    });
  });
  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(directory, { recursive: true, force: true });
  });

  const validate = (text: string) => {
    const file = join(directory, 'policy.yaml');
    writeFileSync(file, text);
    return main(['validate', file]);
  };

  it('sums a valid policy up, and exits with 0', async () => {
    expect(await validate(valid)).toBe(0);
    expect(printed).toMatch(
      /policy\.yaml is valid: default off, 3 further flags, 1 target, eu-west-1, 0 exemptions\.\n$/,
    );
  });

  it('names every error with line, column, value and what would be right, and exits with 1', async () => {
    expect(
      await validate(valid.replace('legacy: off', 'legacy: never').replace('flag: on', 'flag: true')),
    ).toBe(1);
    expect(complained).toContain('Correct these 2 problems:');
    expect(complained).toContain(
      'policy.yaml:7:23 autoResponse.organizationalUnits./Sandbox.flag: true: a flag is off',
    );
    expect(complained).toContain(
      'policy.yaml:9:23 autoResponse.accounts.legacy: never: a flag is off, approval or on.',
    );
    expect(printed).toBe('');
  });

  it('recommends ids where the policy names by name or path, on one line beside its answer, and exits with 0', async () => {
    expect(await validate(valid)).toBe(0);
    expect(complained).toBe(
      'Advice: write ids in place of names and paths; after a rename nothing is fixed there until you correct the line: legacy (policy.yaml:9), /Sandbox (policy.yaml:7), /Workloads (policy.yaml:8).\n',
    );
  });

  it('recommends nothing where the policy names by id', async () => {
    const byIds = valid
      .replace('/Sandbox', 'ou-abcd-11111111')
      .replace('/Workloads', '/')
      .replace('legacy', '"333333333333"');

    expect(await validate(byIds)).toBe(0);
    expect(complained).toBe('');
  });

  it('warns of people whom the policy asks for and does not name, a line each, and exits with 0', async () => {
    const person = 'person: { permissionSet: Team, email: alice@example.com }';
    expect(
      await validate(
        `${valid.replace('{ owners: StaunchOwners }], may: [approve]', `{ ${person} }], may: [undo]`)}twoPersons: [undo]\n`,
      ),
    ).toBe(0);
    expect(complained).toMatch(
      /^Warning: nobody may approve .*\/Sandbox \(policy\.yaml:7\).*\nWarning: undo takes two persons.*\nAdvice: /,
    );
  });

  it('warns if no one receives alarms, and exits with 0', async () => {
    expect(await validate(valid.replace(', alarms: [security@example.com]', ''))).toBe(0);
    expect(complained).toMatch(/^Warning: no one receives alarms.*\nAdvice: /);
  });

  it("prints the policy's JSON Schema with --schema", async () => {
    expect(await main(['validate', '--schema'])).toBe(0);
    expect(printed).toBe(policyJsonSchema());
  });
});

describe('policySummary', () => {
  it('says what is left out, what comes first, and whose recorders there are', () => {
    const text = `${valid}exclude: [/Old]\nrollout: { pilot: [/Canary] }\nrecorder: { organizationalUnits: { /A: none } }\n`;
    expect(policySummary(parseOrganization(text, 'policy.yaml'))).toContain(
      '1 target, 1 excluded, 1 in the pilot, recorder own or none, eu-west-1',
    );
  });

  it('counts exemptions, and names the one that ends next', () => {
    const exemption = (resource: string, expires: string) =>
      `- { control: s3-public-access, account: legacy, resource: ${resource}, reason: r, owner: o, expires: ${expires} }\n`;
    const text = `${valid}exemptions:\n${exemption('photos', '2027-03-01')}${exemption('films', '2027-02-01')}`;
    const organization = parseOrganization(text, 'policy.yaml', new Date('2026-11-23T10:00:00Z'));

    expect(policySummary(organization)).toMatch(
      /2 exemptions; the next to end is that of films from s3-public-access, 2027-02-01 \(policy\.yaml:13\)\.$/,
    );
  });
});
