export function ExplainDrawer() {
  return null
}
