import * as fc from 'fast-check';
import { mrkdwn, type Piece, plainPieces } from '../../../../sandbox/slack/page/mrkdwn';

const text = (words: string): Piece => ({ kind: 'text', text: words });

describe('Slack’s formatting', () => {
  it.each<[string, Piece[]]>([
    ['plain & simple', [text('plain & simple')]],
    [
      '*bold* _italic_ ~gone~',
      [
        { kind: 'bold', pieces: [text('bold')] },
        text(' '),
        { kind: 'italic', pieces: [text('italic')] },
        text(' '),
        { kind: 'strike', pieces: [text('gone')] },
      ],
    ],
    [
      '*one _and_ two*',
      [{ kind: 'bold', pieces: [text('one '), { kind: 'italic', pieces: [text('and')] }, text(' two')] }],
    ],
    ['snake_case_name 2*3*4 * not *', [text('snake_case_name 2*3*4 * not *')]],
    ['`*code* <@U1>`', [{ kind: 'code', text: '*code* <@U1>' }]],
    [
      'a\n```*pre*\n&lt;b&gt;```',
      [text('a'), { kind: 'break' }, { kind: 'preformatted', text: '*pre*\n<b>' }],
    ],
    [
      '&gt; one\n> two\nthree',
      [{ kind: 'quote', pieces: [text('one'), { kind: 'break' }, text('two')] }, text('three')],
    ],
    [
      '<https://a.example/?x=1&amp;y|here>',
      [{ kind: 'link', url: 'https://a.example/?x=1&y', text: 'here' }],
    ],
    [
      'see https://a.example/b.',
      [text('see '), { kind: 'link', url: 'https://a.example/b', text: 'https://a.example/b' }, text('.')],
    ],
    ['<mailto:a@b.example>', [{ kind: 'link', url: 'mailto:a@b.example', text: 'a@b.example' }]],
    ['<@U0ALICE0001|al>', [{ kind: 'user', id: 'U0ALICE0001', label: 'al' }]],
    [
      '<!subteam^S0SECURITY1> <#C0123>',
      [{ kind: 'group', id: 'S0SECURITY1' }, text(' '), { kind: 'channel', id: 'C0123' }],
    ],
    ['<!channel>', [{ kind: 'everybody', name: 'channel' }]],
    [
      '<!date^1767225600^{date} at {time}|then>',
      [{ kind: 'date', seconds: 1_767_225_600, format: '{date} at {time}', fallback: 'then' }],
    ],
    [':white_check_mark: :unknown_one:', [text('✅ :unknown_one:')]],
  ])('reads %s', (written, pieces) => {
    expect(mrkdwn(written)).toEqual(pieces);
  });

  it.each(['<javascript:alert(1)|x>', '<data:text/html,x>', '< https://a.example>', '<!everyone|'])(
    'leaves %s as text',
    (written) => {
      expect(mrkdwn(written)).toEqual([text(written)]);
    },
  );

  it('finds no address in a verbatim text', () => {
    expect(mrkdwn('https://a.example', true)).toEqual([text('https://a.example')]);
  });

  it('formats nothing in a plain text but its lines and escapes', () => {
    expect(plainPieces('*a*\n&lt;!channel&gt; <!here>')).toEqual([
      text('*a*'),
      { kind: 'break' },
      text('<!channel> <!here>'),
    ]);
  });

  it('makes of an escaped text no mention and no link with a label, whatever it is', () => {
    void fc.assert(
      fc.property(hostile, (words) => {
        const escaped = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
        const kinds = kindsOf(mrkdwn(escaped, true));
        for (const kind of ['user', 'group', 'channel', 'everybody', 'date', 'link'])
          expect(kinds).not.toContain(kind);
      }),
    );
  });

  it('links to the web and to mail alone, whatever is written', () => {
    void fc.assert(
      fc.property(hostile, (words) => {
        const pieces = mrkdwn(words);
        for (const url of linksOf(pieces)) expect(url).toMatch(/^(https?:\/\/|mailto:)/i);
      }),
    );
  });
});

/** Texts of the characters and words that mean something. */
const hostile = fc
  .array(
    fc.constantFrom(
      '<',
      '>',
      '!channel',
      '@U1',
      '|',
      '*',
      '_',
      '~',
      '`',
      '```',
      '&',
      'lt;',
      'a',
      ' ',
      '\n',
      'javascript:',
      'https://x.y/',
      ':x:',
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

function kindsOf(pieces: readonly Piece[]): string[] {
  return pieces.flatMap((piece) => [piece.kind, ...('pieces' in piece ? kindsOf(piece.pieces) : [])]);
}

function linksOf(pieces: readonly Piece[]): string[] {
  return pieces.flatMap((piece) =>
    piece.kind === 'link' ? [piece.url] : 'pieces' in piece ? linksOf(piece.pieces) : [],
  );
}
