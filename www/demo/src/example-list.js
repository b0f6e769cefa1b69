/**
 * A list to try the page with: as a shop would export it, with two rows that cannot be answered, a code of an earlier edition (the lamp's) and two
 * that the goods do not fit.
 */
export const EXAMPLE = `sku,title,description,price,hs_code
T-100,Cotton T-shirt,"Men's knitted T-shirt, 100% cotton, crew neck",24.00,6109.10
E-200,Wireless earbuds,"Bluetooth earbuds with charging case",79.00,8517.13
M-300,Stoneware mug,"Glazed mug, 350 ml, dishwasher safe",18.50,6912.00
W-400,Leather wallet,"Bifold wallet of cow leather, eight card slots",45.00,4202.31
L-500,Desk lamp,"LED desk lamp with a clamp, mains powered",39.90,9405.20
B-600,Board game,"Family game with wooden pieces and a board",29.00,9504.90
S-700,Silver ring,"Ring of sterling silver with a small stone",65.00,7113.11
C-800,Phone case,"Case of silicone for a smartphone",12.00,3924.10
Y-900,Yoga mat,"Mat of natural rubber, 5 mm",34.00,
G-910,Gift,,20.00,
H-920,Hoodie,"Hooded sweatshirt, knitted, 80% cotton, 20% polyester",49.00,6110.20,extra
`;
