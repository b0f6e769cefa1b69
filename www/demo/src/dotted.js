/** As codes are printed: 8518.30, 0101.21.00. */
export function dotted(code) {
  return code.replace(/^(\d{4})(\d{2})/, "$1.$2").replace(/^(\d{4}\.\d{2})(\d{2})/, "$1.$2").replace(/(\.\d{2})(\d{2})$/, "$1.$2");
}
