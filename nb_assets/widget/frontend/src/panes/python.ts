// Splits Python source into coloured pieces, as far as an eye needs it. Not a parser: it never fails.

export type Tone = "plain" | "keyword" | "string" | "comment" | "number" | "decorator" | "name";

export interface Piece {
  tone: Tone;
  text: string;
}

const KEYWORDS = new Set(
  ("False None True and as assert async await break case class continue def del elif else except finally for from " +
    "global if import in is lambda match nonlocal not or pass raise return try while with yield").split(" "),
);

const TOKEN =
  /(#[^\n]*)|((?:[rbfuRBFU]{0,2})(?:"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?))|(^[ \t]*@[\w.]+)|(\b\d[\w.]*)|([A-Za-z_]\w*)/gm;

export function pieces(source: string): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  let defining = false;
  const push = (tone: Tone, text: string): void => {
    const last = found.at(-1);
    if (last?.tone === tone) last.text += text;
    else if (text !== "") found.push({ tone, text });
  };
  for (const match of source.matchAll(TOKEN)) {
    push("plain", source.slice(end, match.index));
    const [text, comment, string, decorator, number, word] = match;
    if (comment !== undefined) push("comment", text);
    else if (string !== undefined) push("string", text);
    else if (decorator !== undefined) push("decorator", text);
    else if (number !== undefined) push("number", text);
    else if (word !== undefined && KEYWORDS.has(word)) push("keyword", text);
    else push(defining ? "name" : "plain", text);
    if (word !== undefined) defining = word === "def" || word === "class";
    end = match.index + text.length;
  }
  push("plain", source.slice(end));
  return found;
}
