/** A text for people with its first letter large: `Public S3 bucket`. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
