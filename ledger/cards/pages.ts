import type { DigestMember } from './members';

/** So many findings stand on a page: each takes two of the hundred blocks of a modal, and some characters. */
const mostOnPage = 12;

/** The cards of a digest as pages. A card stands on one page as a whole. Pure. */
export function pagesOf(members: readonly DigestMember[]): DigestMember[][] {
  const pages: DigestMember[][] = [];
  let room = 0;
  for (const member of members) {
    const needed = member.findings.length;
    if (needed > room || pages.length === 0) {
      pages.push([]);
      room = mostOnPage;
    }
    pages.at(-1)?.push(member);
    room -= needed;
  }
  return pages;
}
