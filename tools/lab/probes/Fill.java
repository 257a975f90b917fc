/** Fills the heap: with small objects that stay, in a map, or with one array of the length that it is told. */
public class Fill {
    public static void main(String[] arguments) {
        if (arguments[0].equals("map")) {
            java.util.Map kept = new java.util.HashMap();
            for (long i = 0; ; i++) {
                kept.put(Long.valueOf(i), Long.valueOf(-i));
            }
        }
        System.out.println(new long[Integer.parseInt(arguments[0])].length);
    }
}
