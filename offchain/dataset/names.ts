/** Longest name of a picture. */
const LONGEST = 40;

/** A word that a trait table can use, from any words; empty if no letter or digit is left. */
export function traitWord(text: string): string {
  const words = text
    .normalize("NFKD")
    .replaceAll(/\p{M}|['’]/gu, "")
    .replaceAll(/[^A-Za-z0-9]+/g, " ")
    .trim()
    .replace(/^[a-z]/, (letter) => letter.toUpperCase());
  if (words.length <= LONGEST) return words;
  // Whole words, where there is more than one.
  const whole = words.slice(0, LONGEST + 1).replace(/ [^ ]*$/, "");
  return whole.slice(0, LONGEST);
}

/** The name of a file without its last extension. */
export function stemOf(file: string): string {
  return file.replace(/\.[^.]*$/, "");
}

/** Gives each picture a word of its own: of two with one word, the later gets a number. */
export function createNames(): (wishes: readonly string[]) => string {
  const taken = new Set<string>();
  return (wishes) => {
    const word = wishes.map(traitWord).find((each) => each !== "") ?? "Picture";
    let name = word;
    for (let i = 2; taken.has(name.toLowerCase()); i++) {
      const tail = ` ${i}`;
      name = word.slice(0, LONGEST - tail.length).trim() + tail;
    }
    taken.add(name.toLowerCase());
    return name;
  };
}

/** Where a picture with this name lies in a dataset. */
export function pathOf(name: string): string {
  return `images/${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}.png`;
}
