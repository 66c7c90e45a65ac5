/**
 * What to do after a run whose sandbox is gone, as commands that run as they are printed. Pure.
 * @param reported whether the result was written as JSON already
 */
export function nextSteps(reported: boolean): string {
  const steps = [
    ['npm start -- --keep', 'then open a port, watch it close'],
    ...(reported ? [] : [['npm start -- --report result.json', 'the same, with ids, as JSON']]),
    ['npm run -s staunch -- validate', 'checks config/organization.yaml'],
  ] as const;
  const widest = Math.max(...steps.map(([command]) => command.length));
  return ['', 'Next:', ...steps.map(([command, what]) => `  ${command.padEnd(widest)}  # ${what}`)].join(
    '\n',
  );
}
