/**
 * What Word and Excel store for a sign of the fonts Symbol and Wingdings: a private code point that no other font
 * knows. Each stands for the sign people saw; where the two fonts differ, for the one Word's own lists and automatic
 * corrections write. Source: the encodings of Symbol and Wingdings in Unicode's mapping tables.
 */
const privateSigns: Record<number, string> = {
  61472: ' ',
  61473: '✏',
  61474: '✂',
  61480: '☎',
  61482: '✉',
  61483: '+',
  61485: '-',
  61501: '=',
  61500: '<',
  61502: '>',
  61505: '✌',
  61507: '👍',
  61508: '👎',
  61509: '☜',
  61510: '☞',
  61514: '☺',
  61515: '😐',
  61516: '☹',
  61548: '●',
  61549: '❍',
  61550: '■',
  61551: '□',
  61553: '❑',
  61554: '❒',
  61556: '⧫',
  61557: '◆',
  61558: '❖',
  61559: '◆',
  61563: '❀',
  61599: '•',
  61601: '○',
  61603: '≤',
  61604: '◉',
  61605: '∞',
  61607: '▪',
  61608: '□',
  61611: '★',
  61612: '←',
  61613: '↑',
  61614: '→',
  61615: '↓',
  61616: '°',
  61617: '±',
  61619: '≥',
  61620: '×',
  61623: '•',
  61624: '÷',
  61625: '≠',
  61627: '≈',
  61628: '…',
  61656: '➢',
  61659: '⇐',
  61660: '➢',
  61662: '⇒',
  61663: '←',
  61664: '→',
  61665: '↑',
  61666: '↓',
  61671: '←',
  61672: '➔',
  61679: '⇦',
  61680: '⇨',
  61683: '⇔',
  61691: '✗',
  61692: '✓',
  61693: '☒',
  61694: '☑',
}
for (let digit = 0; digit < 10; digit++) {
  privateSigns[0xf030 + digit] = String(digit)
  // Wingdings' numbers in a ring, empty and filled.
  privateSigns[0xf080 + digit] = digit === 0 ? '⓪' : String.fromCodePoint(0x245f + digit)
  privateSigns[0xf08b + digit] = digit === 0 ? '⓿' : String.fromCodePoint(0x2775 + digit)
}

/** The text with Word's private signs as the signs they show; other private code points stay as they are. */
export const toPlainSymbols = (text: string): string =>
  text.replace(/[\uf020-\uf0ff]/g, (sign) => privateSigns[sign.charCodeAt(0)] ?? sign)
