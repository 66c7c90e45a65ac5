import pc from 'picocolors';
import stringWidth from 'string-width';
import { type Column, fittedTable } from '../../../cli/table/fitted-table';
import { wrapped } from '../../../cli/table/wrapped';

interface Row {
  name: string;
  text: string;
}

const name: Column<Row> = { title: 'name', cell: (row) => row.name };
const text: Column<Row> = { title: 'text', cell: (row) => row.text, least: 9 };
const rows = [{ name: 'a-name-of-16-one', text: 'the beginning, and the end' }];
const colours = pc.createColors(false);

function fitted(columns: number, dispensable: Column<Row>[] = []) {
  return fittedTable(rows, [name, text], dispensable, { colours, columns });
}

describe('a table', () => {
  it('is as wide as its cells where there is room', () => {
    expect(fitted(Number.POSITIVE_INFINITY)).toEqual({
      text: [
        'name              text',
        '────────────────  ──────────────────────────',
        'a-name-of-16-one  the beginning, and the end',
      ].join('\n'),
      left: [],
      cut: false,
    });
  });

  it('first cuts the middle of what may become narrower', () => {
    const table = fitted(35, [text]);

    expect(table.text).toContain('a-name-of-16-one  the begi… the end');
    expect(table).toMatchObject({ left: [], cut: true });
  });

  it('takes first from a column that yields', () => {
    const yielding = { ...name, least: 9, yields: true };
    const { text: table } = fittedTable(rows, [yielding, text], [], { colours, columns: 37 });

    expect(table).toContain('a-na…-one  the beginning, and the end');
  });

  it('then goes without a column that can be spared', () => {
    expect(fitted(25, [text])).toMatchObject({ left: ['text'], cut: false });
  });

  it.each([20, 25, 30, 40])('fits into %d columns whatever it takes, and is aligned', (columns) => {
    const [titles = '', rule = '', row = ''] = fitted(columns).text.split('\n');

    expect(Math.max(titles.length, rule.length, row.length)).toBeLessThanOrEqual(columns);
    expect(titles.lastIndexOf('  ')).toBe(rule.lastIndexOf('  '));
    expect(row.slice(rule.lastIndexOf('  '))).toMatch(/^ {2}\S/);
  });
});

describe('a table of wide characters', () => {
  it.each([
    ['Chinese', '支払い本番環境アカウント'],
    ['emoji', '🚀🚀🚀🚀🚀🚀 prod'],
    ['Hebrew', 'תשלומים ייצור'],
    ['combining accents', `a${'\u0301'.repeat(40)}`],
  ])('fits the terminal, and stays aligned: %s', (_what, wide) => {
    for (const columns of [79, 30, 20, 12]) {
      const { text: table } = fittedTable([{ name: wide, text: wide }, ...rows], [name, text], [], {
        colours,
        columns,
      });
      const [titles = '', rule = '', ...lines] = table.split('\n');
      const second = rule.lastIndexOf('  ');
      for (const line of [titles, rule, ...lines]) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
      for (const line of lines) {
        const ends = [...line.matchAll(/ {2}(?=\S)/g)].map(({ index }) => stringWidth(line.slice(0, index)));
        expect(ends).toContain(second);
      }
    }
  });
});

describe('wrapped', () => {
  it('counts columns, of which a wide character takes two', () => {
    expect(wrapped('支払い 本番 環境', 11)).toEqual(['支払い 本番', '環境']);
  });

  it('breaks between words, and indents what goes on', () => {
    expect(wrapped('one two three four', 9, '  ')).toEqual(['one two', '  three', '  four']);
  });

  it('loses nothing of a word that is too long', () => {
    expect(wrapped('a muchtoolongword b', 6, '  ').join(' ').replace(/ +/g, ' ')).toBe('a muchtoolongword b');
  });
});
