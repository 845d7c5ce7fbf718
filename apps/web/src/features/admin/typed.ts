/** Rupees as they are typed, paise as they are kept; nothing typed is nothing set. */
export const rupees = {
  setValueAs: (text: unknown) => (text === '' || text == null ? null : Math.round(Number(text) * 100)),
}
