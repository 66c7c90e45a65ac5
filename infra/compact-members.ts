import { readFileSync, writeFileSync } from 'node:fs';
import { readAssembly } from './assembly';

/**
 * Writes the member templates of a cloud assembly anew, without indentation, which CloudFormation counts and cdk-stacksets always
 * writes: a fifth of them with twenty resource types. Their assets keep the names that cdk-stacksets gave them by what they say.
 * @param directory the cloud assembly
 */
export function compactMemberTemplates(directory: string): void {
  for (const { templateFile } of readAssembly(directory).memberTemplates) {
    const template: unknown = JSON.parse(readFileSync(templateFile, 'utf8'));
    writeFileSync(templateFile, JSON.stringify(template));
  }
}
