/** What runs a command from a checkout, wherever a message names one. */
export const staunch = 'npm run -s staunch --';

/** What does for an example of a command that was not understood, by its name. */
const examples: Readonly<Record<string, string>> = {
  approve: 'approve sg-0123456789abcdef0',
  coverage: 'coverage --account payments-prod',
  deny: "deny photos --reason 'Public on purpose'",
  deploy: 'deploy --preview-only',
  destroy: 'destroy my-organization.yaml',
  doctor: 'doctor --before',
  evaluate: 'evaluate --control security-group-open-ports group.json',
  exempt: "exempt photos --reason 'Public on purpose' --until 4w",
  explain: 'explain payments-prod s3-public-access photos',
  findings: 'findings --waiting --plans',
  init: 'init --hub 222222222222 --hub-region eu-west-1 --channel C0123456789',
  limits: "limits --fixes-per-hour 500 --until 2h --reason 'Incident 42'",
  patrol: 'patrol --account payments-prod',
  pause: "pause --reason 'We look into a fix that was wrong' --until 2h",
  plan: 'plan my-organization.yaml',
  resume: 'resume --account payments-prod',
  retry: 'retry sg-0123456789abcdef0',
  sandbox: 'sandbox --time-scale 600',
  show: 'show sg-0123456789abcdef0',
  slack: 'slack check',
  structure: 'structure my-organization.yaml',
  thaw: 'thaw --account payments-prod',
  undo: 'undo sg-0123456789abcdef0 --reason Audit --until 12h',
  validate: 'validate my-organization.yaml',
  whoami: 'whoami --json',
};

/** What follows an error of a command's words: an example, and where its options are. */
export function afterError(command: string): string {
  const example = examples[command];
  return [
    ...(example === undefined ? [] : ['For example:', `  ${staunch} ${example}`]),
    'All options:',
    `  ${staunch} ${command} --help`,
  ].join('\n');
}
