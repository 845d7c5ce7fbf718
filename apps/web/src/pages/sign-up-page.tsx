export function SignUpPage() {
  return <div className="wrap py-12" />
}
