/** Loads the same class again and again, each time by a loader of its own, which stays; for ever, or as often as it is told. */
public class Metaspace {
    public static class Loader extends ClassLoader {
        public Class define(byte[] code) {
            return defineClass(null, code, 0, code.length);
        }
    }

    public static void main(String[] arguments) throws Exception {
        java.io.InputStream stream = Metaspace.class.getResourceAsStream("/Step.class");
        java.io.ByteArrayOutputStream read = new java.io.ByteArrayOutputStream();
        for (int b = stream.read(); b >= 0; b = stream.read()) {
            read.write(b);
        }
        byte[] code = read.toByteArray();
        java.util.List kept = new java.util.ArrayList(100000);
        int most = arguments.length > 0 ? Integer.parseInt(arguments[0]) : Integer.MAX_VALUE;
        while (kept.size() < most) {
            kept.add(new Loader().define(code).getDeclaredMethods());
        }
    }
}
